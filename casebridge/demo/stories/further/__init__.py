"""What else can happen to a case, as tests and the simulated year play it; the demo tells the others."""

from typing import Final

from casebridge.demo.cast import FUPING, STATION, WUQING, YIZHENG, ZHONGSHAN, ZHOUSHAN
from casebridge.demo.stories import Story
from casebridge.demo.stories.further.aid_in_advance import aid_in_advance
from casebridge.demo.stories.further.confirmation import confirmed_a_day_late, confirmed_on_the_last_day
from casebridge.demo.stories.further.deemed_withdrawn import deemed_withdrawn
from casebridge.demo.stories.further.instalments import instalments_breached
from casebridge.demo.stories.further.payment_order import payment_order_objected
from casebridge.demo.stories.further.refused_and_corrected import refused_and_corrected
from casebridge.demo.stories.further.rider import rider
from casebridge.demo.stories.further.silent_arbitration import silent_arbitration
from casebridge.demo.stories.further.three_do_not_consent import three_do_not_consent
from casebridge.demo.stories.further.two_heirs import two_heirs

FURTHER: Final = tuple(
    Story(title=title, facts=(play.__doc__ or "").partition("\n")[0], owner=owner, play=play)
    for title, owner, play in (
        ("Refused and corrected", WUQING, refused_and_corrected),
        ("Deemed withdrawn", FUPING, deemed_withdrawn),
        ("Aid in advance", YIZHENG, aid_in_advance),
        ("Confirmed on the last day", ZHONGSHAN, confirmed_on_the_last_day),
        ("A day too late", ZHONGSHAN, confirmed_a_day_late),
        ("Payment order objected to", WUQING, payment_order_objected),
        ("Silent arbitration", YIZHENG, silent_arbitration),
        ("Instalments breached", ZHONGSHAN, instalments_breached),
        ("Three do not consent", YIZHENG, three_do_not_consent),
        ("Two heirs", STATION, two_heirs),
        ("Rider", ZHOUSHAN, rider),
    )
)
