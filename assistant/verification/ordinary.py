"""Words of everyday English that a sentence may bring along when it says a quotation in other words.

None of them names somebody or something, asks the reader to do anything, or tells whether something holds, is over or
is good: what says that has to stand in the quotation.
"""

from __future__ import annotations

from vectorstore.text import content_stems

ORDINARY = frozenset(
    content_stems(
        """accompany according account achieve acquire across act adapt add adjust adopt advance affect aim
        allow along alongside already alter alternative always among amongst amount annual apart appear
        appoint approach appropriate around arrange arrangement arrive aside aspect assemble assess assign
        associate assume attach attend attribute author away back based basis bear because become begin
        behind belong below beside besides between beyond bind boundary bring broad broadly build bulk
        carefully carry case category cause chapter characterise choice choose circumstance classify clear
        clearly collaborate collect collectively combine come common commonly compare comparison compile
        complement complete component compose comprise compute concern conclude conduct conform connect
        consequence consequently consider considerable consist constitute construct contain content continue
        contrast contribute contribution convey cooperate coordinate correspond correspondingly count
        counterpart course cover create day deal debate decide decision dedicate define deliver depend
        depict derive describe design despite destine detail determine develop devise devote differ
        different direct direction directly discuss display distinct distinguish distribute divide draw
        duration during earlier effect either element else embed emerge emphasise encompass engage entitle
        equal equip equivalent especially essential establish estimate evaluate eventual eventually evident
        examine example exercise exert exist explain explicit explicitly express extend extent extra face
        fact fairly fall feature figure fill find finish focus follow foremost form formally forth found
        foundation frame frequent frequently fulfil full fully function further furthermore gain gather
        gauge general generally give go govern great group grow hand handle happen heading help highlight
        hold however identify impact implement imply inclusive incorporate indeed index indicate indirectly
        individual inform initial initially interest interpret introduce involve issue item jointly keep
        know label large largely late later lay lead leave length let lie likewise line link list locally
        locate long look main mainly maintain manage mark matter mean meanwhile measure mechanism medium
        meet mention method minor moment month monthly moreover move multiple mutual namely narrow nature
        near new next notably note notice number objective observe obtain occur offer one operate operation
        order organise original otherwise outcome outline outside overall overview owing page parallel part
        participate particular particularly partly partner pass path pattern people perform period person
        perspective phase phrase piece place plan plus point portion position possess practical practice
        precede precise precisely predominantly prefer prepare presence present primarily primary principal
        principally proceed process produce project properly proportion provide provision publish purely
        purpose pursue put quantity question range rather reach read reason receive recent recently
        recognise record refer reflect regard regarding regularly reinforce relate relationship rely remain
        remainder render report represent request resolve resource respect respectively respond
        responsibility responsible rest result review revise role roughly run sample schedule scope section
        see seek segment select sense separate separately sequence series serve set settle shape share
        shared shift short show side signal significant significantly similar similarly simply since single
        sit situation size slightly small solution somewhat source specific specifically spend spread stage
        stand start statement steadily steer step strategy strengthen structure subject substance
        substantial succeed suggest suit suitable sum summarise summary support surround survey table task
        tend term text theme thing think though throughout thus time title together topic total towards
        trace track transform treat trend turn two type typical typically ultimately underlie underline
        underpin understand undertake unit unlike upon usual usually utilise various vary version view
        volume way week wherein wherever whether whole wide widely widespread within work worth write
        writing written wrote year yearly yield"""
    )
)
