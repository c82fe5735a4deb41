"""What happens before an arbitration commission, and to its awards."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

EFFECTIVE_CAUSES: Final = known(
    not_sued=("期满未起诉", "nobody sued in time"),
    final_award=("终局裁决", "the award is final"),
)
EffectiveCause = NewType("EffectiveCause", Annotated[str, CODE, Known(EFFECTIVE_CAUSES)])
"""Why an award is effective."""


DISPUTANTS: Final = known(
    worker=("劳动者一方", "the workers"),
    employer=("用人单位一方", "the employer"),
)
Disputant = NewType("Disputant", Annotated[str, CODE, Known(DISPUTANTS)])
"""A side before an arbitration commission."""


POSTPONEMENT_GROUNDS: Final = known(
    illness=("当事人患病", "a party is ill"),
    force_majeure=("不可抗力", "force majeure"),
    short_notice=("未在法定期限内通知", "notice came too late"),
    evidence=("需要补充证据", "evidence is still to come"),
    no_representative=("代理人不能到庭", "the representative cannot come"),
    other=("其他正当理由", "another good reason"),
)
PostponementGround = NewType("PostponementGround", Annotated[str, CODE, Known(POSTPONEMENT_GROUNDS)])
"""Why a party asks that a hearing be postponed."""


ADVANCE_CLAIMS: Final = known(
    pay=("劳动报酬", "wages"),
    medical=("工伤医疗费", "medical costs of a work injury"),
    severance=("经济补偿", "severance pay"),
    damages=("赔偿金", "damages"),
)
AdvanceClaim = NewType("AdvanceClaim", Annotated[str, CODE, Known(ADVANCE_CLAIMS)])
"""For what execution in advance of the award can be ordered (LDMAL Art. 44)."""


ADVANCE_REFUSALS: Final = known(
    unclear=("权利义务关系不明确", "the rights of the parties are not clear"),
    no_hardship=("不严重影响申请人生活", "the applicant's life is not severely affected"),
    other=("其他", "another reason"),
)
AdvanceRefusal = NewType("AdvanceRefusal", Annotated[str, CODE, Known(ADVANCE_REFUSALS)])
"""Why execution in advance is not ordered."""


SETTING_ASIDE_GROUNDS: Final = known(
    law=("适用法律、法规确有错误", "the law was misapplied"),
    no_jurisdiction=("仲裁委员会无管辖权", "the commission had no jurisdiction"),
    procedure=("违反法定程序", "the procedure was not lawful"),
    forged_evidence=("证据系伪造", "evidence was forged"),
    hidden_evidence=("对方隐瞒影响公正裁决的证据", "evidence was hidden"),
    corruption=("仲裁员索贿受贿、徇私舞弊、枉法裁决", "an arbitrator was corrupt"),
)
SettingAsideGround = NewType("SettingAsideGround", Annotated[str, CODE, Known(SETTING_ASIDE_GROUNDS)])
"""Why an employer asks that a final award be set aside (LDMAL Art. 49)."""
