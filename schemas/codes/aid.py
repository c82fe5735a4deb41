"""What is decided about aid: granted, refused, terminated, given in advance; and objections."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

AID_STAGES: Final = known(
    mediation=("调解", "mediation"),
    arbitration=("劳动仲裁", "arbitration"),
    first_instance=("一审", "first instance"),
    appeal=("二审", "appeal"),
    enforcement=("执行", "enforcement"),
    non_litigation=("其他非诉讼", "other aid without litigation"),
)
AidStage = NewType("AidStage", Annotated[str, CODE, Known(AID_STAGES)])
"""What aid is granted for; each stage is a grant of its own."""


MEANS_BASES: Final = known(
    exempt_pay=("免予核查：追索劳动报酬", "exempt: claim for pay, Art. 42(3)"),
    exempt_work_injury=("免予核查：工伤", "exempt: work injury, Art. 42(3)"),
    exempt_other=("免予核查：其他情形", "exempt on another ground of Art. 42"),
    checked=("已核查", "checked, Art. 41"),
    declared=("诚信承诺", "declared by the applicant, Art. 41"),
)
MeansBasis = NewType("MeansBasis", Annotated[str, CODE, Known(MEANS_BASES)])
"""How the applicant's means were dealt with (Legal Aid Law Art. 41, 42)."""


REFUSALS: Final = known(
    out_of_scope=("不属于法律援助范围", "outside of the scope of legal aid, Art. 31"),
    means=("不符合经济困难标准", "above the standard of means, Art. 34"),
    not_the_applicants=("申请人与所涉事项无利害关系", "the matter is not the applicants' own"),
    already_aided=("同一事项已获得法律援助", "the same matter is aided already"),
    other=("其他不符合条件的情形", "not entitled on another ground"),
)
RefusalCode = NewType("RefusalCode", Annotated[str, CODE, Known(REFUSALS)])
"""Why aid is refused (Legal Aid Law Art. 43)."""


TERMINATIONS: Final = known(
    deception=("以欺骗等不正当手段获得援助", "obtained by deception, Art. 48(1)"),
    facts_hidden=("隐瞒重要事实或者提供虚假证据", "facts hidden or evidence forged, Art. 48(2)"),
    unlawful_use=("利用法律援助从事违法活动", "used for what is unlawful, Art. 48(3)"),
    means_changed=("经济状况变化不再符合条件", "means have changed, Art. 48(4)"),
    case_ended=("案件终止审理或者被撤销", "the case was ended or withdrawn, Art. 48(5)"),
    own_lawyer=("自行委托律师或者其他代理人", "they engaged a lawyer of their own, Art. 48(6)"),
    asked_for=("受援人有正当理由要求终止", "they asked for it, with good reason, Art. 48(7)"),
    other=("法律、法规规定的其他情形", "on another ground of law, Art. 48(8)"),
)
TerminationCode = NewType("TerminationCode", Annotated[str, CODE, Known(TERMINATIONS)])
"""Why aid is terminated (Legal Aid Law Art. 48)."""


OBJECTED: Final = known(
    refusal=("不予法律援助的决定", "the refusal of aid"),
    termination=("终止法律援助的决定", "the termination of aid"),
)
ObjectedCode = NewType("ObjectedCode", Annotated[str, CODE, Known(OBJECTED)])
"""Which decision is objected to (Legal Aid Law Art. 49)."""


OBJECTION_RESULTS: Final = known(
    upheld=("维持决定", "the decision is upheld"),
    corrected=("责令改正", "the centre is ordered to correct it"),
)
ObjectionResult = NewType("ObjectionResult", Annotated[str, CODE, Known(OBJECTION_RESULTS)])
"""How the justice bureau decided on an objection (Legal Aid Law Art. 49)."""


ADVANCES: Final = known(
    time_limit=(
        "距法定时效或者期限届满不足七日",
        "a time limit expires in fewer than seven days, Art. 44(1)",
    ),
    property_preservation=("需要申请财产保全", "preservation of property is needed, Art. 44(2)"),
    evidence_preservation=("需要申请证据保全", "preservation of evidence is needed, Art. 44(2)"),
    advance_execution=("需要申请先予执行", "advance execution is needed, Art. 44(2)"),
    other=("法律、法规、规章规定的其他情形", "on another ground of law, Art. 44(3)"),
)
AdvanceCode = NewType("AdvanceCode", Annotated[str, CODE, Known(ADVANCES)])
"""Why aid is given before its review is decided (Legal Aid Law Art. 44)."""
