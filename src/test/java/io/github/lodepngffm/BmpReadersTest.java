package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import io.github.lodepngffm.testkit.ToolOnPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of other people open every kind of BMP and see the pixels of the PNG. */
class BmpReadersTest {
  private static final int WIDTH = 19;
  private static final int HEIGHT = 7;

  @TempDir Path directory;

  /** A file, and the pixels that must be in it: R, G, B, A, rows from the top. */
  private record Sample(String name, Path file, boolean hasAlpha, byte[] rgba) {}

  private List<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (PngFormat source : PngFormat.ALL) {
      TestImage image = TestImage.random(source, WIDTH, HEIGHT, 3);
      Path png = Files.write(directory.resolve("a.png"), PngWriter.bytesOf(image));
      for (BmpFormat format : BmpFormat.values()) {
        Path bmp = directory.resolve(source.toString().replace('+', '-') + "-" + format + ".bmp");
        try {
          Png.toBmp(png, bmp, ConvertOptions.defaults().withBmpFormat(format));
        } catch (PngException e) {
          assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED);
          continue;
        }
        boolean hasAlpha =
            format == BmpFormat.BGRA || format == BmpFormat.MATCH && source.hasAlphaChannel();
        byte[] rgba = ReferenceFormats.bytes(image, PixelFormat.RGBA8);
        samples.add(
            new Sample(image + " to " + format, bmp, hasAlpha, hasAlpha ? rgba : opaque(rgba)));
      }
    }
    assertThat(samples).hasSizeGreaterThan(50);
    return samples;
  }

  private static byte[] opaque(byte[] rgba) {
    byte[] copy = rgba.clone();
    for (int i = 3; i < copy.length; i += 4) {
      copy[i] = (byte) 255;
    }
    return copy;
  }

  @Test
  void imageIoSeesThePixels() throws IOException {
    for (Sample sample : samples()) {
      byte[] seen = ImageIoDecoder.rgba8(Files.readAllBytes(sample.file()));
      assertThat(seen).as(sample.name()).isEqualTo(sample.rgba());
    }
  }

  @Test
  void imageMagickSeesThePixels() throws Exception {
    ToolOnPath convert = ToolOnPath.assumePresent("convert");
    Path raw = directory.resolve("raw.rgba");
    for (Sample sample : samples()) {
      convert.run(directory, "bmp:" + sample.file(), "-depth", "8", "rgba:" + raw);
      assertThat(Files.readAllBytes(raw)).as(sample.name()).isEqualTo(sample.rgba());
    }
  }

  /** netpbm's programs for pictures have no alpha. */
  @Test
  void netpbmSeesTheColors() throws Exception {
    ToolOnPath bmptopnm = ToolOnPath.assumePresent("bmptopnm");
    Path pnm = directory.resolve("seen.pnm");
    for (Sample sample : samples()) {
      ChildProcess.Result result =
          ChildProcess.of("sh", "-c", "exec \"$0\" \"$1\" >\"$2\"")
              .with(bmptopnm.program().toString(), sample.file().toString(), pnm.toString())
              .run(directory);
      assertThat(result.exitCode()).as(sample.name()).isZero();
      assertThat(rgbOfPnm(Files.readAllBytes(pnm)))
          .as(sample.name())
          .isEqualTo(withoutAlpha(sample.rgba()));
    }
  }

  private static byte[] withoutAlpha(byte[] rgba) {
    byte[] rgb = new byte[rgba.length / 4 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = rgba[i / 3 * 4 + i % 3];
    }
    return rgb;
  }

  /** P4 (bits, 1 is black), P5 (gray) and P6 (red, green, blue) with samples of 8 bits. */
  private static byte[] rgbOfPnm(byte[] pnm) {
    int end = 0;
    int fields = pnm[1] == '4' ? 3 : 4;
    for (int seen = 0; seen < fields; end++) {
      seen += Character.isWhitespace(pnm[end]) ? 1 : 0;
    }
    byte[] pixels = Arrays.copyOfRange(pnm, end, pnm.length);
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      rgb[i] =
          switch (pnm[1]) {
            case '4' -> {
              int rowBytes = (WIDTH + 7) / 8;
              int x = pixel % WIDTH;
              int bits = pixels[pixel / WIDTH * rowBytes + x / 8];
              yield (byte) ((bits >> (7 - x % 8) & 1) == 1 ? 0 : 255);
            }
            case '5' -> pixels[pixel];
            case '6' -> pixels[i];
            default -> throw new AssertionError("P" + (char) pnm[1]);
          };
    }
    return rgb;
  }
}
