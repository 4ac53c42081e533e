"""Opens a DMN file without trusting it: bounded, no entities, no document type, nothing fetched."""

from collections.abc import Iterator

from lxml import etree

from dmn.errors import DmnError

MAX_BYTES = 1 << 20

MODEL_NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}


def open_definitions(content: bytes) -> etree._Element:
    """The root of a DMN file. Raises DmnError for anything else."""
    if len(content) > MAX_BYTES:
        raise DmnError(f"Expected a file of at most {MAX_BYTES} bytes, but it has {len(content)}.")
    root = _parsed(content)
    tree = root.getroottree()
    odd = [*tree.iter(etree.PI, etree.Entity), *root.itersiblings(preceding=True), *root.itersiblings()]
    if tree.docinfo.doctype or odd:  # type: ignore[attr-defined]  # the stubs leave it out
        raise DmnError("Expected a plain DMN file, but it has a document type or processing instructions.")
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in MODEL_NAMESPACES:
        raise DmnError("Expected a DMN file of version 1.1 to 1.5, but its first element is another.")
    return root


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
    )
    try:
        return etree.fromstring(content, parser)  # hardened by the parser above
    except etree.XMLSyntaxError as error:
        raise DmnError(f"Expected XML, but line {error.lineno} is not.") from error


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element, name: str = "*") -> Iterator[etree._Element]:
    """Child elements of the DMN namespace, whichever version it has; extensions are passed over."""
    for child in element:
        if etree.QName(child).namespace in MODEL_NAMESPACES and name in ("*", local(child)):
            yield child


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next(children(element, name), None)


def text_of(element: etree._Element | None) -> str:
    """The text of an element, or of the `text` element inside it."""
    if element is None:
        return ""
    inner = child(element, "text")
    return ((element if inner is None else inner).text or "").strip()


def key_of(element: etree._Element) -> str:
    """What hrefs call a node by."""
    return element.get("id") or name_of(element)


def required(element: etree._Element) -> tuple[str, ...]:
    """The hrefs of what a node requires."""
    wanted = ("informationRequirement", "knowledgeRequirement")
    return tuple(
        href
        for requirement in children(element)
        if local(requirement) in wanted
        for inner in children(requirement)
        if (href := inner.get("href"))
    )


def parts(element: etree._Element) -> Iterator[etree._Element]:
    """An element and everything of DMN inside it; what stands in extensions is passed over."""
    yield element
    for inner in children(element):
        if local(inner) != "extensionElements":
            yield from parts(inner)


def flag(element: etree._Element, name: str) -> bool:
    """An attribute that is true or false, which XML Schema also writes as 1 or 0, with spaces around."""
    return (element.get(name) or "").strip() in ("true", "1")


def name_of(element: etree._Element) -> str:
    """The name with single spaces."""
    return " ".join((element.get("name") or "").split())
