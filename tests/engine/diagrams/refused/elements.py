"""Elements and extensions that are not run."""

from tests.engine.diagrams.drawn import line, task, zeebe

ELEMENTS = {
    "element that BPMN does not know": ("strangers", "p", line("userTask:a") + "<sequenc/>"),
    "script task": ("refused_nodes", "a", task("<script>x = 1</script>", "scriptTask")),
    "data from a store": (
        "wrong_data",
        "a",
        task("<dataInputAssociation><sourceRef>ds</sourceRef></dataInputAssociation>")
        + '<dataStoreReference id="ds" name="Archive"/>',
    ),
    "data as the case's own id": (
        "reserved_names",
        "a",
        task(
            '<ioSpecification><dataOutput id="do" name="x"/></ioSpecification><dataOutputAssociation>'
            "<sourceRef>do</sourceRef><targetRef>obj</targetRef></dataOutputAssociation>"
        )
        + '<dataObject id="obj" name="case_id"/>',
    ),
    "instances over data that has no variable's name": (
        "wrong_data",
        "a",
        task(
            "<multiInstanceLoopCharacteristics><loopDataInputRef>obj</loopDataInputRef>"
            "</multiInstanceLoopCharacteristics>"
        )
        + '<dataObject id="obj" name="All agencies"/>',
    ),
    "Java class": ("other_engines", "a", task("", "serviceTask", 'camunda:class="org.example.Thing"')),
    "JUEL service": ("other_engines", "a", task("", "serviceTask", 'camunda:expression="${thing.run()}"')),
    "listener": (
        "other_engines",
        "a",
        task(zeebe('<camunda:executionListener event="start" class="org.example.Thing"/>')),
    ),
    "hidden script": (
        "other_engines",
        "a",
        task(
            zeebe(
                "<camunda:inputOutput><camunda:inputParameter><camunda:script/></camunda:inputParameter></camunda:inputOutput>"
            )
        ),
    ),
}
