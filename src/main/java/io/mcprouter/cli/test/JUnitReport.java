package io.mcprouter.cli.test;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results of all files as JUnit's XML, which build servers show. */
public final class JUnitReport {
  private final Map<Path, List<TestResult>> suites = new LinkedHashMap<>();

  /** Adds the results of a file. */
  public void add(Path file, List<TestResult> results) {
    suites.computeIfAbsent(file, key -> new ArrayList<>()).addAll(results);
  }

  /** Writes the report; directories that are missing are made. */
  public void write(Path target) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    try (Writer text = Files.newBufferedWriter(target)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (Map.Entry<Path, List<TestResult>> suite : suites.entrySet()) {
        write(xml, suite.getKey().toString(), suite.getValue());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void write(XMLStreamWriter xml, String file, List<TestResult> results)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", file);
    xml.writeAttribute("tests", String.valueOf(results.size()));
    long failures = results.stream().filter(result -> !result.isPassed()).count();
    xml.writeAttribute("failures", String.valueOf(failures));
    for (TestResult result : results) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", file);
      xml.writeAttribute("name", printable(result.name()));
      xml.writeAttribute("time", String.valueOf(result.millis() / 1000.0));
      for (Mismatch mismatch : result.mismatches()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", printable(mismatch.message()));
        xml.writeCharacters(printable(mismatch.toString()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no form for most control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
  }
}
