"""How the work on a case ends: outcome, file, evaluation."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

MATTER_ENDS: Final = known(
    moved=("已移交", "the case moved"),
    withdrawn=("已撤回", "the application was withdrawn"),
)
MatterEnd = NewType("MatterEnd", Annotated[str, CODE, Known(MATTER_ENDS)])
"""Why an agency stopped working on a case."""


OUTCOMES: Final = known(
    agreement=("达成协议", "agreement"),
    award=("仲裁裁决", "award"),
    judgment=("判决", "judgment"),
    court_mediation=("法院调解", "mediated by a court"),
    arbitration_settlement=("仲裁调解", "settled before the commission"),
    no_result=("未果", "no result"),
    terminated=("终止援助", "aid terminated"),
)
Outcome = NewType("Outcome", Annotated[str, CODE, Known(OUTCOMES)])
"""What the aid led to."""


FILE_DEFECTS: Final = known(
    papers_missing=("材料缺失", "papers are missing"),
    unsigned=("签名、盖章不全", "signatures or seals are missing"),
    outcome_unclear=("办理结果不清", "the outcome is not clear"),
    disordered=("装订、顺序不合要求", "not in order"),
    work_poor=("办案质量问题", "the work itself is poor"),
)
FileDefect = NewType("FileDefect", Annotated[str, CODE, Known(FILE_DEFECTS)])
"""Why the file of a case is returned."""


EVALUATION_GRADES: Final = known(
    excellent=("优秀", "excellent"),
    good=("良好", "good"),
    qualified=("合格", "qualified"),
    unqualified=("不合格", "not qualified"),
)
EvaluationGrade = NewType("EvaluationGrade", Annotated[str, CODE, Known(EVALUATION_GRADES)])
"""The result of the evaluation of a concluded case."""
