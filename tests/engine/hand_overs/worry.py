"""A worry that becomes an inquiry in its own case, or a contact in another."""

from __future__ import annotations

from tests.engine.handing import OWN, STARTED, begun, end, names, pool, process, throw

WANTED = throw("inquiry_wanted", edition="=&quot;HMG-2024-05&quot;", worry="=go_on")
WORRY = process("worry", names("inquiry_wanted"), s=STARTED, think=OWN, ask=WANTED, wrap_up=OWN, e=end())
INQUIRY = process(
    "inquiry", names("inquiry_wanted"), s=begun("inquiry_wanted"), inquire=pool("dsl"), part=OWN, e=end()
)
CONTACT = process(
    "contact",
    names("inquiry_wanted"),
    s=begun("inquiry_wanted", case="new", organisation="childrens_services"),
    glance=pool("csc_screening"),
    rate=pool("csc_screening", access="case"),
    mine=OWN.replace("practitioner", "csc_screening"),
    e=end(),
)
