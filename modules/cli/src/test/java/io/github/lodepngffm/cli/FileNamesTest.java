package io.github.lodepngffm.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
  @TempDir private Path folder;

  private static byte[] everyByteThatANameMayHave() {
    StringBuilder bytes = new StringBuilder();
    for (char b = 1; b < 256; b++) {
      if (b != '/') {
        bytes.append(b);
      }
    }
    return bytes.toString().getBytes(ISO_8859_1);
  }

  @Test
  void bytesThatAreNoUtf8StandForThemselves() {
    assertThat(FileNames.text(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\udcffb");
    assertThat(FileNames.text(new byte[] {(byte) 0xE6, (byte) 0x97})).isEqualTo("\udce6\udc97");
    assertThat(FileNames.text("\u00fc \u65e5 \ud83d\ude00 \ufffd".getBytes(UTF_8)))
        .isEqualTo("\u00fc \u65e5 \ud83d\ude00 \ufffd");
  }

  @Test
  void aTextHasTheBytesThatItWasMadeOf() {
    byte[] bytes = everyByteThatANameMayHave();
    assertThat(FileNames.bytes(FileNames.text(bytes))).isEqualTo(bytes);
    assertThat(FileNames.bytes("\ud83d\ude00\udc80"))
        .isEqualTo(new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, (byte) 0x80, (byte) 0x80});
  }

  @Test
  void aFileIsFoundAgainByTheTextOfItsName() throws IOException {
    String name = FileNames.text(everyByteThatANameMayHave()).substring(0, 200);
    List<String> names = List.of(name, "\udcff.png", "\ufffd.png", "\u00fc.png");
    for (String each : names) {
      Files.writeString(folder.resolve(FileNames.path(each)), each.length() + " characters");
    }
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String text = FileNames.text(file.getFileName());
        found.add(text);
        assertThat(FileNames.path(FileNames.text(file))).isEqualTo(file);
        assertThat(folder.resolve(FileNames.path(text))).hasContent(text.length() + " characters");
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void relativePathsAndDirectoriesStayWhatTheyAre() throws IOException {
    Path relative = FileNames.path("a//b/../\udcff/c");
    assertThat(relative.isAbsolute()).isFalse();
    assertThat(FileNames.text(relative)).isEqualTo("a/b/../\udcff/c");
    Path directory = Files.createDirectory(folder.resolve(FileNames.path("\udcfe")));
    assertThat(FileNames.text(directory)).isEqualTo(folder + "/\udcfe");
  }

  @Test
  void aZeroByteIsInNoPath() {
    for (String text : List.of("a\0b", "\udcff\0")) {
      assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> FileNames.path(text));
    }
  }

  @Test
  void messagesShowWhatIsNoTextAsEscapes() {
    assertThat(FailureText.oneLine("a\udcff\n\u0085\ud800 \u00fc"))
        .isEqualTo("a\\xFF\\x0A\\u0085\\uD800 \u00fc");
  }

  @Test
  void argumentsThatJavaCouldNotDecodeAreTakenFromTheSystem() {
    String[] decoded = {"a.png", "b\ufffd.png", "what?.png"};
    byte[] system = "java\0-jar\0x.jar\0a.png\0b\u00ff.png\0what?.png\0".getBytes(ISO_8859_1);
    assertThat(RawArguments.of(decoded, system))
        .containsExactly("a.png", "b\udcff.png", "what?.png");
    byte[] others = "java\0x\0b\u00ff.png\0what?.png\0".getBytes(ISO_8859_1);
    assertThat(RawArguments.of(decoded, others)).isEqualTo(decoded);
    assertThat(RawArguments.of(decoded, "java\0".getBytes(ISO_8859_1))).isEqualTo(decoded);
  }
}
