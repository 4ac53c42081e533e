"""SpiffWorkflow as its examples use it: at each step the whole workflow as JSON in one column, by the ORM."""

from __future__ import annotations

from io import BytesIO

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.diagrams import DIAGRAMS, for_stock


class Base(DeclarativeBase):
    pass


class StoredWorkflow(Base):
    """An instance with everything it ever did."""

    __tablename__ = "bench_naive"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]


class Naive:
    """Starts and completes; a transaction each."""

    name = "naive"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        Base.metadata.create_all(engine)
        self.serializer = BpmnWorkflowSerializer()
        parser = BpmnParser()
        for content in DIAGRAMS.values():
            parser.add_bpmn_io(BytesIO(for_stock(content)))
        self.specs = {name: parser.get_spec(name) for name in DIAGRAMS}

    def begin(self, process: str) -> str:
        """A started workflow as text, stored nowhere."""
        workflow = BpmnWorkflow(self.specs[process])
        workflow.data.update({"note": "x", "started_by": "amira"})
        workflow.do_engine_steps()
        found: str = self.serializer.serialize_json(workflow)
        return found

    def start(self, process: str) -> int:
        with Session(self.engine) as session:
            row = StoredWorkflow(state=self.begin(process))
            session.add(row)
            session.commit()
            return row.id

    def complete(self, instance: int, note: str) -> int:
        """Complete the first waiting task."""
        with Session(self.engine) as session:
            row = session.get_one(StoredWorkflow, instance)
            workflow = self.serializer.deserialize_json(row.state)
            task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
            task.data["note"] = note
            task.run()
            workflow.do_engine_steps()
            row.state = self.serializer.serialize_json(workflow)
            session.commit()
        return instance
