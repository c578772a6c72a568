package io.github.lodepngffm.testkit;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * An image as PNG sees it: samples at the file's own bit depth, with all that the expected output
 * depends on. It is the common source of the PNG file ({@link PngWriter}) and of the expectation
 * ({@link ReferencePixels}, {@link ReferenceBmp}).
 *
 * @param samples {@code width * height * channels} values, row by row from the top, channels
 *     interleaved in file order
 * @param palette {@code 0xRRGGBB} entries when the format has a palette, else {@code null}; may be
 *     given to RGB formats as a suggestion, which changes no pixel
 * @param transparency the bytes of the tRNS chunk, or {@code null}
 * @param density the pHYs chunk, or {@code null}
 */
public record TestImage(
    int width,
    int height,
    PngFormat format,
    int[] samples,
    int[] palette,
    byte[] transparency,
    Density density) {

  public TestImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + "x" + height + " has no pixels");
    }
    int expected = Math.multiplyExact(Math.multiplyExact(width, height), format.channels());
    if (samples.length != expected) {
      throw new IllegalArgumentException(
          "%dx%d %s needs %d samples, not %d"
              .formatted(width, height, format, expected, samples.length));
    }
    if (format.hasPalette() && palette == null) {
      throw new IllegalArgumentException(format + " needs a palette");
    }
  }

  /** Noise in every bit: no two pixels related, so that a misplaced byte always shows. */
  public static TestImage random(PngFormat format, int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int values = format.maxSample() + 1;
    return fill(format, width, height, seed, index -> random.nextInt(values));
  }

  /** Each channel rises along the diagonal, at its own speed; every filter finds regularity. */
  public static TestImage gradient(PngFormat format, int width, int height) {
    int channels = format.channels();
    int values = format.maxSample() + 1;
    int step = Math.max(1, values / 256);
    return fill(
        format,
        width,
        height,
        0,
        index -> {
          int pixel = index / channels;
          int channel = index % channels;
          long distance = (long) (pixel % width) * (channel + 1) + pixel / width;
          return (int) (distance * step % values);
        });
  }

  /** Smooth noise with a little grain: filters and compression work as they do on photographs. */
  public static TestImage photoLike(PngFormat format, int width, int height, long seed) {
    int channels = format.channels();
    int max = format.maxSample();
    SmoothNoise noise = new SmoothNoise(seed);
    return fill(
        format,
        width,
        height,
        seed,
        index -> {
          int pixel = index / channels;
          double value = noise.at(pixel % width, pixel / width, index % channels);
          return (int) Math.min(max, value * (max + 1.0));
        });
  }

  /** One colour everywhere: each channel holds {@code sample}. */
  public static TestImage flat(PngFormat format, int width, int height, int sample) {
    if (sample < 0 || sample > format.maxSample()) {
      throw new IllegalArgumentException(sample + " is not a sample of " + format);
    }
    return fill(format, width, height, 0, index -> sample);
  }

  /** An image from samples that the test chose itself; palette formats get a random palette. */
  public static TestImage of(PngFormat format, int width, int height, int... samples) {
    return new TestImage(width, height, format, samples, defaultPalette(format, 0), null, null);
  }

  private static TestImage fill(
      PngFormat format, int width, int height, long seed, IntUnaryOperator sampleAt) {
    int count = Math.multiplyExact(Math.multiplyExact(width, height), format.channels());
    int[] samples = new int[count];
    for (int i = 0; i < count; i++) {
      samples[i] = sampleAt.applyAsInt(i);
    }
    return new TestImage(width, height, format, samples, defaultPalette(format, seed), null, null);
  }

  private static int[] defaultPalette(PngFormat format, long seed) {
    return format.hasPalette() ? randomPalette(format.maxSample() + 1, seed) : null;
  }

  /** {@code entries} arbitrary colours. */
  public static int[] randomPalette(int entries, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    int[] palette = new int[entries];
    for (int i = 0; i < entries; i++) {
      palette[i] = random.nextInt(1 << 24);
    }
    return palette;
  }

  public TestImage withPalette(int... entries) {
    return new TestImage(width, height, format, samples, entries, transparency, density);
  }

  /**
   * Adds a tRNS chunk of these bytes: alpha per palette entry, or a colour key of 16-bit values.
   */
  public TestImage withTransparency(byte... chunkData) {
    return new TestImage(width, height, format, samples, palette, chunkData, density);
  }

  /** Adds a tRNS chunk that makes the colour of these samples transparent (gray and RGB). */
  public TestImage withColorKey(int... key) {
    byte[] data = new byte[2 * key.length];
    for (int i = 0; i < key.length; i++) {
      data[2 * i] = (byte) (key[i] >> 8);
      data[2 * i + 1] = (byte) key[i];
    }
    return withTransparency(data);
  }

  public TestImage withDensity(Density newDensity) {
    return new TestImage(width, height, format, samples, palette, transparency, newDensity);
  }

  public int colorType() {
    return format.colorType();
  }

  public int bitDepth() {
    return format.bitDepth();
  }

  /** The sample of one channel of the pixel in column {@code x} of row {@code y}. */
  public int sample(int x, int y, int channel) {
    return samples[(y * width + x) * format.channels() + channel];
  }

  /** For the names of parameterised tests. */
  @Override
  public String toString() {
    return format + " " + width + "x" + height;
  }
}
