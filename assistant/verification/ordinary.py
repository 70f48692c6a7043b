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
        appoint approach appropriate arisen arose around arrange arrangement arrive aside aspect assemble
        assess assign associate assume attach attend attribute author away back based basis bear became
        because become began begin begun behind belong below beside besides between beyond bind borne bound
        boundary bring broad broadly broken brought build built bulk came carefully carry case category
        cater cause channel chapter characterise chief choice choose chose chosen circulate circumstance
        class classify clear clearly cluster coincide collaborate collect collectively combine come commence
        commit common commonly compare comparison compile complement complete component compose comprise
        compute concentrate concern conclude conduct conform connect consequence consequently consider
        considerable consist consolidate constitute construct contain content continue contrast contribute
        contribution convert convey cooperate coordinate correspond correspondingly count counterpart course
        cover craft create crucial day deal debate decide decision dedicate define deliver depend depict
        derive describe design despite destine detail determine develop devise devote differ different
        direct direction directly discuss display distinct distinguish distribute diverse divide draw drawn
        drew drive duration during earlier effect either elaborate element else embed emerge emphasise
        encompass engage enhance entitle equal equip equivalent especially essential establish estimate
        evaluate eventual eventually evident evolve examine example exercise exert exist explain explicit
        explicitly express extend extent extra face facilitate fact fairly fall fallen feature fell field
        figure fill find finish focus follow foremost form formally formulate forth foster found foundation
        frame frequent frequently fulfil full fully function further furthermore gain gather gauge gave
        general generally give go gone govern great grew group grow grown hand handle happen harness heading
        help highlight hold host house however identify impact implement imply inclusive incorporate indeed
        index indicate indirectly individual inform initial initially inside interest intermediate interpret
        introduce involve issue item jointly keep kept knew know label laid large largely late later lay
        lead leave led left lend length let lie lift likewise line link list load locally locate long look
        made main mainly maintain manage mark matter mean meanwhile measure mechanism medium meet mention
        merge met method minor mix moderate modest moment month monthly moreover mount move multiple mutual
        namely narrow nature near nearby neighbour new next notably note notice number numerous objective
        observe obtain occur offer one operate operation order organise original otherwise outcome outline
        outside overall oversaw oversee overseen overview owing page pair parallel part participate
        particular particularly partly partner pass path pattern people perform period person perspective
        phase phrase piece place plan plus point pool portion pose position possess practical practice
        precede precise precisely predominantly prefer prepare presence present preside prevail primarily
        primary principal principally proceed process produce project properly proportion provide provision
        publish purely purpose pursue put quantity question ran range rank rather reach read reason receipt
        receive recent recently recognise record refer reflect regard regarding regularly reinforce relate
        relationship rely remain remainder render report represent request reside resolve resource respect
        respectively respond responsibility responsible rest result review revise role roughly route run
        said sample saw schedule scope seat section see seek seen segment select sense separate separately
        sequence series serve set settle shape share shared shift short shortly show side signal significant
        significantly similar similarly simply since single sit situate situation size slightly small
        solution somewhat sought source span specific specifically specify spend spent spoke spoken spread
        stage stand start statement steadily steer stem step stipulate stood strand strategy strengthen
        structure style subject subsequent subsequently substance substantial succeed suggest suit suitable
        sum summarise summary supplement support surround survey table tackle tailor taken task tend term
        text theme thereafter thing think though thought throughout thus tie time title together told took
        topic total towards trace track transform treat trend trigger turn two type typical typically
        ultimately underlie underline underpin understand understood undertake undertaken undertook
        underwent unit unlike uphold upon usual usually utilise various vary version view vital volume way
        week weigh went whereas wherein wherever wherewith whether whole wide widely widespread within work
        worth write writing written wrote year yearly yet yield"""
    )
)
