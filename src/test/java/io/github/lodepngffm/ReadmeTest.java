package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildEnvironment;
import io.github.lodepngffm.testkit.MarkdownFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, in a folder with a {@code picture.png} and a {@code broken.png}. */
class ReadmeTest {
  private static final Path TOP = Path.of("").toAbsolutePath();
  private static final Path CLASSES = TOP.resolve("target/classes");
  private static final String ARTIFACT = "lodepng-ffm-0.1.0-SNAPSHOT";
  private static final TestImage PICTURE =
      TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 31, 17);

  @TempDir Path folder;

  private List<MarkdownFile.Block> blocks;

  @BeforeEach
  void anEmptyFolderWithPictures() throws IOException {
    blocks = MarkdownFile.read(TOP.resolve("README.md")).blocks();
    Files.write(folder.resolve("picture.png"), PngWriter.bytesOf(PICTURE));
    Files.write(folder.resolve("broken.png"), new byte[100]);
  }

  @Test
  void everyBlockIsOfAKindThatThisTestRuns() {
    assertThat(blocks).extracting(MarkdownFile.Block::language).containsOnly("sh", "java", "xml");
  }

  @Test
  void everyCommandIsOneThatThisTestKnows() {
    assertThat(commands())
        .isNotEmpty()
        .allSatisfy(command ->
            assertThat(command.getFirst()).isIn("./png2bmp", "./bench", "mvn", "java", "jshell"));
  }

  @Test
  void theExampleConvertsThePictureInEveryWayThatIsShown() throws Exception {
    Files.writeString(folder.resolve("Convert.java"), javaBlocks().getFirst());
    long ways = 0;
    for (List<String> command : commands("java")) {
      assertThat(run(onThisBuild(command), ""))
          .as("%s", command)
          .isEqualToIgnoringNewLines(
              "31 x 17: " + ReferenceBmp.bytes(PICTURE).length + " bytes of BMP");
      ways++;
    }
    assertThat(ways).isEqualTo(2);
  }

  @Test
  void theOtherExamplesDoWhatTheTextAroundThemSays() throws Exception {
    List<String> others = javaBlocks().subList(1, javaBlocks().size());
    StringBuilder program = new StringBuilder("import io.github.lodepngffm.*;\n");
    program.append("void main() throws Exception {\n");
    others.forEach(code -> program.append("{\n").append(code).append("}\n"));
    program.append("}\n");
    Files.writeString(folder.resolve("Others.java"), program);
    String said =
        run(
            onThisBuild(
                List.of(
                    "java",
                    "--enable-native-access=ALL-UNNAMED",
                    "--class-path",
                    CLASSES.toString(),
                    "Others.java")),
            "");
    assertThat(folder.resolve("picture.bmp")).hasBinaryContent(ReferenceBmp.bytes(PICTURE));
    assertThat(folder.resolve("async.bmp")).hasBinaryContent(ReferenceBmp.bytes(PICTURE));
    assertThat(said)
        .startsWith("31 x 17 pixels, alpha 255")
        .contains("\nuntitled, []")
        .contains("\nasync.bmp is complete")
        .contains("\nMALFORMED, code 28: broken.png: LodePNG error 28: ");
    assertThat(folder.resolve("broken.bmp")).doesNotExist();
  }

  @Test
  void jshellHasTheLibrary() throws Exception {
    List<List<String>> jshells = commands("jshell");
    assertThat(jshells).hasSize(1);
    List<String> command = new ArrayList<>(onThisBuild(jshells.getFirst()));
    command.add("-R--illegal-native-access=deny");
    command.addAll(List.of("-s", "-"));
    String statements =
        """
        System.out.println(io.github.lodepngffm.NativeSupport.version())
        /exit
        """;
    String said = run(command, statements);
    assertThat(said.lines()).anyMatch(line -> line.startsWith("LodePNG "));
    assertThat(said).doesNotContain("WARNING");
  }

  @Test
  void continuousIntegrationRunsTheSecondCommand() throws IOException {
    String tests = String.join(" ", commands("mvn").getFirst());
    assertThat(tests).isEqualTo("mvn -B -f modules verify");
    assertThat(Files.readAllLines(TOP.resolve(".ci/run"))).contains(tests);
  }

  @Test
  void theCoordinatesAreThoseOfThePom() throws IOException {
    String pom = Files.readString(TOP.resolve("target/.flattened-pom.xml"));
    String dependency =
        blocks.stream().filter(block -> block.language().equals("xml")).findFirst().get().code();
    for (String element : List.of("groupId", "artifactId", "version")) {
      assertThat(textOf(element, dependency)).as(element).isEqualTo(textOf(element, pom));
    }
    assertThat(ARTIFACT).isEqualTo(textOf("artifactId", pom) + "-" + textOf("version", pom));
  }

  @Test
  void theTableOfLimitsHasEveryLimitWithItsDefault() throws Exception {
    Map<String, Long> stated = new LinkedHashMap<>();
    Pattern row = Pattern.compile("(?m)^\\| `(max\\w+)` \\| ([\\d,]+) \\|");
    Matcher rows = row.matcher(Files.readString(TOP.resolve("README.md")));
    while (rows.find()) {
      stated.put(rows.group(1), Long.valueOf(rows.group(2).replace(",", "")));
    }
    Map<String, Long> actual = new LinkedHashMap<>();
    for (RecordComponent limit : Limits.class.getRecordComponents()) {
      actual.put(limit.getName(), (Long) limit.getAccessor().invoke(Limits.defaults()));
    }
    assertThat(stated).containsExactlyEntriesOf(actual);
  }

  private static String textOf(String element, String xml) {
    Matcher found = Pattern.compile("<" + element + ">([^<]+)</").matcher(xml);
    assertThat(found.find()).as(element).isTrue();
    return found.group(1);
  }

  private List<String> javaBlocks() {
    return blocks.stream()
        .filter(block -> block.language().equals("java"))
        .map(MarkdownFile.Block::code)
        .toList();
  }

  /** The lines of the sh blocks, as words; the README quotes nothing. */
  private List<List<String>> commands() {
    return blocks.stream()
        .filter(block -> block.language().equals("sh"))
        .flatMap(block -> block.code().lines())
        .map(line -> Arrays.asList(line.split(" ")))
        .toList();
  }

  private List<List<String>> commands(String program) {
    return commands().stream().filter(command -> command.getFirst().equals(program)).toList();
  }

  /** The tools of the JDK under test, and this build's classes in the place of its jar. */
  private static List<String> onThisBuild(List<String> command) {
    return command.stream()
        .map(word -> word.equals("target/" + ARTIFACT + ".jar") ? CLASSES.toString() : word)
        .flatMap(word ->
            word.equals("java") || word.equals("jshell")
                ? ChildEnvironment.shared().jdkProgram(word).stream()
                : Stream.of(word))
        .toList();
  }

  private String run(List<String> command, String input) throws Exception {
    Path said = folder.resolve("said.txt");
    Path typed = Files.writeString(folder.resolve("typed.txt"), input);
    Process process =
        ChildEnvironment.shared()
            .builder(folder, command)
            .redirectErrorStream(true)
            .redirectInput(typed.toFile())
            .redirectOutput(said.toFile())
            .start();
    try {
      boolean ended = process.waitFor(10, TimeUnit.MINUTES);
      String text = Files.readString(said);
      assertThat(ended).as("%s ended; it said: %s", command, text).isTrue();
      assertThat(process.exitValue()).as("exit status of %s: %s", command, text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
