"""The ids by which Slack names our controls: drawn by the views, heard by the listeners."""

from __future__ import annotations

COMMAND = "/lsip"
ASK_ABOUT = "lsip_ask_about"  # message shortcut

# actions
FEEDBACK = "lsip_feedback"  # feedback_buttons; the value is "up:ANSWER_ID" or "down:ANSWER_ID"
SHARE = "lsip_share"  # the value is ANSWER_ID
SOURCES = "lsip_sources"  # opens the modal of all sources; the value is ANSWER_ID
PERSON = "lsip_person"  # get help from a person; the value is ANSWER_ID
CHOICE = "lsip_choice"  # a button of a clarify answer; the value is the question; several end in _0, _1, ...
SUGGESTION = "lsip_suggestion"  # a question to begin with, on App Home; several end in _0, _1, ...
SET_AREA = "lsip_set_area"  # opens the modal that sets a person's area
CLEAR_AREA = "lsip_clear_area"
KEEP_AREA = "lsip_keep_area"  # makes an area the person's own; the value is its id; several end in _0, _1, ...
LOOK_UP = "lsip_look_up"  # looks a place up that was named in two ways; the value is the place or area; several
DELETE = "lsip_delete"  # with a confirm dialogue: deletes what is kept of a person
CHECK = "lsip_check"  # begins a check; the value is its id; several end in _0, _1, ...
OPEN_LINK = "lsip_open_link"  # a button that only opens a page; several end in _0, _1, ...

# modals
ASK_MODAL = "lsip_ask_modal"
AREA_MODAL = "lsip_area_modal"
REASONS_MODAL = "lsip_reasons_modal"
PERSON_MODAL = "lsip_person_modal"
CHECK_MODAL = "lsip_check_modal"

# inputs of modals: block ids; the action id of each is the same with "_value"
QUESTION_INPUT = "lsip_question"
PLACE_INPUT = "lsip_place"
REASONS_INPUT = "lsip_reasons"
COMMENT_INPUT = "lsip_comment"
MESSAGE_INPUT = "lsip_message"
FACT_INPUT = "lsip_fact"  # followed by _ and the fact's name
