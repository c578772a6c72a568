package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.MarkdownFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/streaming.md, compiled as they stand there, do what they say. */
class StreamingRecipesTest {
  private static final TestImage IMAGE =
      TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 100, 70, 1);
  private static final byte[] PIXELS = ReferenceFormats.bytes(IMAGE, PixelFormat.RGBA8);

  @TempDir static Path folder;

  private static URLClassLoader loader;
  private static Class<?> recipes;
  private static Path png;

  @BeforeAll
  static void compileTheRecipes() throws Exception {
    List<String> blocks =
        MarkdownFile.read(Path.of("docs/streaming.md")).blocks().stream()
            .filter(block -> block.language().equals("java"))
            .map(MarkdownFile.Block::code)
            .toList();
    String source =
        blocks.getFirst()
            + "public class Streaming {\n"
            + String.join("\n", blocks.subList(1, blocks.size()))
            + "}\n";
    Path file = Files.writeString(folder.resolve("Streaming.java"), source);
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                errors,
                "-cp",
                TestClassPath.mainClasses().toString(),
                "-d",
                folder.toString(),
                file.toString());
    assertThat(result).as(errors.toString()).isZero();
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    recipes = loader.loadClass("Streaming");
    png = Files.write(folder.resolve("picture.png"), PngWriter.bytesOf(IMAGE));
  }

  @AfterAll
  static void closeTheLoader() throws IOException {
    loader.close();
  }

  private static Object run(String name, Object... arguments) throws Exception {
    Method recipe =
        Arrays.stream(recipes.getDeclaredMethods())
            .filter(method -> method.getName().equals(name))
            .findFirst()
            .orElseThrow();
    recipe.setAccessible(true);
    return recipe.invoke(null, arguments);
  }

  /** A rectangle of the reference, every so many-th pixel of it. */
  private static byte[] expected(int x0, int y0, int width, int height, int step) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int y = y0; y < y0 + height; y += step) {
      for (int x = x0; x < x0 + width; x += step) {
        bytes.write(PIXELS, (y * 100 + x) * 4, 4);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Pixels pixels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int y = 0; y < pixels.height(); y++) {
      bytes.writeBytes(pixels.row(y).toArray(JAVA_BYTE));
    }
    return bytes.toByteArray();
  }

  @Test
  void theThumbnailHasEverySixteenthPixel() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      Pixels thumbnail = (Pixels) run("thumbnail", png, 16, arena);
      assertThat(thumbnail.width()).isEqualTo(7);
      assertThat(thumbnail.height()).isEqualTo(5);
      assertThat(bytes(thumbnail)).isEqualTo(expected(0, 0, 100, 70, 16));
    }
  }

  @Test
  void tilesHaveTheirPixelsAlsoAtTheEdges() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(bytes((Pixels) run("tile", png, 1, 1, 32, arena)))
          .isEqualTo(expected(32, 32, 32, 32, 1));
      assertThat(bytes((Pixels) run("tile", png, 3, 2, 32, arena)))
          .isEqualTo(expected(96, 64, 4, 6, 1));
    }
  }

  @Test
  void cuttingGivesAllTilesInTurn() throws Exception {
    List<byte[]> tiles = new ArrayList<>();
    Consumer<Pixels> taker = tile -> tiles.add(bytes(tile));
    assertThat(run("cutIntoTiles", png, 32, taker)).isEqualTo(12);
    assertThat(tiles).hasSize(12);
    assertThat(tiles.get(5)).isEqualTo(expected(32, 32, 32, 32, 1));
    assertThat(tiles.get(11)).isEqualTo(expected(96, 64, 4, 6, 1));
  }
}
