"""What Kafka needs before its first start: `python -m chassis.embedded.prepare`, once after installing.

Nothing depends on it. Without, the first start fetches the jars, and every start takes its time.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chassis.embedded.class_archive import archive_of, writing
from chassis.embedded.environment import inherited_environment
from chassis.embedded.java import find_java
from chassis.embedded.kafka import EmbeddedKafka, KafkaOptions
from chassis.embedded.parts import kafka_jars
from chassis.embedded.progress import Progress, silent, to_stderr


def prepare(folder: Path, jars: Path | None, progress: Progress = silent) -> None:
    """Fetches the jars if need be, and writes the archive of their classes if there is none.

    `folder` and `jars` as in `parts`. Raises JarRefused.
    """
    write_archive(kafka_jars(folder, jars, progress), progress)


def write_archive(jars: Sequence[Path], progress: Progress) -> None:
    """Lets a broker start and end: what it loaded is what brokers need."""
    environment = inherited_environment()
    java = find_java(environment)
    archive = archive_of(java, jars, environment)
    if os.path.isfile(archive):
        return
    progress("Kafka: writing its classes down, so that it starts sooner")
    archive.parent.mkdir(parents=True, exist_ok=True)
    # Beside it first: nobody must find one that is half written, and only a broker that ended by itself
    # has written all of it.
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=archive.parent) as staging:
        written = Path(staging, "classes")
        options = KafkaOptions(java=writing(java, written))
        broker = EmbeddedKafka(Path(staging, "kafka"), jars, options=options)
        broker.start()
        broker.stop(within_s=60)
        if written.is_file():
            written.replace(archive)


def main() -> None:
    environment = inherited_environment()
    if environment.get("CASEBRIDGE_KAFKA"):
        return  # it runs elsewhere
    given = environment.get("CASEBRIDGE_KAFKA_JARS")
    try:
        prepare(Path(".casebridge"), Path(given) if given else None, to_stderr)
    except (OSError, RuntimeError) as failure:
        to_stderr(f"Kafka: not prepared, and tried again when it is started: {failure}")


if __name__ == "__main__":
    main()
