package io.mcprouter.cli;

import io.mcprouter.cli.test.JUnitReport;
import io.mcprouter.cli.test.Mismatch;
import io.mcprouter.cli.test.Reason;
import io.mcprouter.cli.test.TestFile;
import io.mcprouter.cli.test.TestFileReader;
import io.mcprouter.cli.test.TestResult;
import io.mcprouter.config.Fault;
import io.mcprouter.config.Severity;
import io.mcprouter.config.SourceLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests of the team's own routes. */
@Command(
    name = "test",
    description = "Test routes and guardrails, with stubs in the place of their servers.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each file is run in a router of its own, which opens no port and connects to no server; a",
      "test that would reach something real is refused.",
      "",
      "Examples:",
      "  mcp-router test",
      "  mcp-router test routes/orders.test.yaml --junit target/routes.xml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all tests passed",
      "1:a test failed, or a file is wrong",
      "2:the command line is wrong, or there is no test"
    })
final class TestCommand implements Callable<Integer> {
  private static final Path DEFAULT = Path.of("routes");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "Files with tests, or directories with *.test.yaml (default: routes).")
  private List<Path> places = new ArrayList<>();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results as JUnit's XML too.")
  private @Nullable Path junit;

  @Option(names = "--verbose", description = "Show the log of the routers, on standard error.")
  private boolean verbose;

  private final JUnitReport report = new JUnitReport();
  private int passed;
  private int failed;

  @Override
  public Integer call() throws IOException, InterruptedException, CommandFailure {
    Map<Path, Path> files = new LinkedHashMap<>(); // each once, by where it is
    for (Path place : places.isEmpty() ? List.of(DEFAULT) : places) {
      for (Path file : files(place)) {
        files.putIfAbsent(file.toRealPath(), file);
      }
    }
    if (files.isEmpty()) {
      throw wrong(
          "There is no *" + TestFile.SUFFIX + " in " + (places.isEmpty() ? DEFAULT : places));
    }
    for (Path file : files.values()) {
      test(file);
    }
    out().println(passed + " passed, " + failed + " failed");
    if (junit != null) {
      write(junit);
    }
    return failed == 0 ? 0 : 1;
  }

  private void write(Path target) throws CommandFailure {
    try {
      report.write(target);
    } catch (IOException e) {
      throw new CommandFailure("--junit: " + target + " cannot be written: " + Reason.of(e));
    }
  }

  private List<Path> files(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    if (!Files.isDirectory(place)) {
      throw wrong("There is no file or directory " + place);
    }
    try (Stream<Path> found = Files.walk(place)) {
      return found
          .filter(file -> file.toString().endsWith(TestFile.SUFFIX) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Whatever is wrong with a file, the others are run. */
  private void test(Path path) throws InterruptedException {
    try {
      switch (TestFileReader.read(path)) {
        case TestFile.Refused refused -> refused(path, refused.faults());
        case TestFile.Accepted accepted -> test(accepted.file());
      }
    } catch (IOException | RuntimeException e) {
      SourceLocation start = new SourceLocation(path.toString(), 1, 1);
      refused(path, List.of(new Fault(Severity.ERROR, start, "tests", Reason.of(e))));
    }
  }

  private void test(TestFile file) throws IOException, InterruptedException {
    try (TestRouter router = TestRouter.start(file, verbose)) {
      if (router.faults().isEmpty()) {
        List<TestResult> results = router.run();
        results.forEach(this::print);
        report.add(file.path(), results);
      } else {
        refused(file.path(), router.faults());
      }
    }
  }

  /** A file that cannot be run counts as one test that failed. */
  private void refused(Path path, List<Fault> faults) {
    failed++;
    out().println("FAILED  " + path + " cannot be run");
    faults.forEach(fault -> out().println("  " + Printed.onOneLine(fault.toString())));
    List<Mismatch> mismatches =
        faults.stream()
            .map(fault -> new Mismatch(fault.location(), fault.path() + ": " + fault.message()))
            .toList();
    report.add(path, List.of(new TestResult("the file can be run", 0, mismatches)));
  }

  private void print(TestResult result) {
    String mark = result.isPassed() ? "ok      " : "FAILED  ";
    out().println(mark + Printed.onOneLine(result.name()) + " (" + result.millis() + " ms)");
    result
        .mismatches()
        .forEach(mismatch -> out().println("  " + Printed.onOneLine(mismatch.toString())));
    if (result.isPassed()) {
      passed++;
    } else {
      failed++;
    }
  }
}
