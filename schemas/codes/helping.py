"""Help that one agency asks of another."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

TASK_KINDS: Final = known(
    means_papers=("户籍与收入证明", "household and income papers"),
    application_check=("核查申请材料", "check of an application"),
    evidence=("调查取证", "taking of evidence"),
    site_report=("工地与安全事故材料", "papers on site, employer and accident"),
    service_of_papers=("送达文书", "service of papers"),
    mediation_help=("协助调解", "help in a mediation"),
)
TaskKind = NewType("TaskKind", Annotated[str, CODE, Known(TASK_KINDS)])
"""What help is asked for."""


TASK_RESULTS: Final = known(
    done=("已完成", "done"),
    partly_done=("部分完成", "done in part"),
)
TaskResult = NewType("TaskResult", Annotated[str, CODE, Known(TASK_RESULTS)])
"""How asked help ended."""


IMPOSSIBILITIES: Final = known(
    not_found=("查无此人或材料", "the person or the papers cannot be found"),
    outside_powers=("超出职权", "outside of the powers of the agency"),
    third_party_refuses=("第三方不配合", "a third party does not cooperate"),
    elsewhere=("应由其他机构办理", "another agency would have to do it"),
    too_late=("已无意义", "it can serve no purpose any more"),
)
ImpossibleCode = NewType("ImpossibleCode", Annotated[str, CODE, Known(IMPOSSIBILITIES)])
"""Why help cannot be given (2012 Regulation Art. 28: a written reason)."""


EXTENSIONS: Final = known(
    helper_asked=("协作方申请延期", "the agency that helps asked for it"),
    third_party_slow=("等待第三方", "a third party is awaited"),
    more_to_do=("协作内容增加", "there is more to do than was thought"),
)
ExtensionCode = NewType("ExtensionCode", Annotated[str, CODE, Known(EXTENSIONS)])
"""Why more time is given for help."""
