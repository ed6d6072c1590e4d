package dev.cpra.harness.gate;

import dev.cpra.harness.result.ResultFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes a gate's result: `gate.json`, `gate.md` and `gate.xml` (JUnit's form, which CI servers
/// show).
final class GateFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private GateFiles() {}

  /// Writes them into a folder, creating it if need be.
  static void write(GateResult result, Path folder) throws IOException {
    ResultFiles.write(MAPPER.writeValueAsBytes(result), folder.resolve("gate.json"));
    write(GateText.markdown(result), folder.resolve("gate.md"));
    write(junit(result), folder.resolve("gate.xml"));
  }

  private static void write(String text, Path file) throws IOException {
    ResultFiles.write(text.getBytes(StandardCharsets.UTF_8), file);
  }

  /// The result as a JUnit test suite: a limit is a test case, broken is a failure, inconclusive
  /// and invalid are errors, not measured is skipped.
  static String junit(GateResult result) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      suite(xml, result);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory", e);
    }
    return text.toString();
  }

  private static void suite(XMLStreamWriter xml, GateResult result) throws XMLStreamException {
    List<Rows> rows = Rows.of(result);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "gate " + result.gate());
    xml.writeAttribute("tests", String.valueOf(rows.size() + result.problems().size()));
    xml.writeAttribute("failures", String.valueOf(count(rows, Decision.REGRESSION)));
    xml.writeAttribute(
        "errors", String.valueOf(count(rows, Decision.INCONCLUSIVE) + result.problems().size()));
    xml.writeAttribute(
        "skipped",
        String.valueOf(count(rows, Decision.NOT_MEASURED) + count(rows, Decision.SHOWN)));
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", result.seconds()));
    xml.writeAttribute("timestamp", result.started().toString());
    for (Rows row : rows) {
      testCase(xml, row);
    }
    for (String problem : result.problems()) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", "gate");
      xml.writeAttribute("name", "is valid");
      element(xml, "error", problem);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static long count(List<Rows> rows, Decision decision) {
    return rows.stream().filter(row -> row.decision() == decision).count();
  }

  private static void testCase(XMLStreamWriter xml, Rows row) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", row.subject());
    xml.writeAttribute("name", row.metric() + " " + row.limit());
    String found = "found " + row.found() + ", expected " + row.limit() + "; " + row.evidence();
    switch (row.decision()) {
      case REGRESSION -> element(xml, "failure", found);
      case INCONCLUSIVE -> element(xml, "error", found);
      case NOT_MEASURED, SHOWN -> element(xml, "skipped", found);
      case PASS -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(found);
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String message)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeAttribute("message", message);
    xml.writeEndElement();
  }
}
