package io.github.lodepngffm.testkit;

import static io.github.lodepngffm.testkit.HostilePng.Fate.DECODED;
import static io.github.lodepngffm.testkit.HostilePng.Fate.EITHER;
import static io.github.lodepngffm.testkit.HostilePng.Fate.REJECTED;

import io.github.lodepngffm.testkit.HostilePng.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Hostile files whose chunks are sound and whose compressed stream is not. */
final class HostileData {

  private static final PngFormat RGB8 = new PngFormat(PngFormat.RGB, 8);
  private static final int MEBIBYTE = 1 << 20;

  /** A dynamic block that gives all 19 symbols of the code length code the length of one bit. */
  private static final int[] OVERSUBSCRIBED = {
    0x05, 0xE0, 0x93, 0x24, 0x49, 0x92, 0x24, 0x49, 0x92, 0x24, 0x49
  };

  private final TestImage image = TestImage.photoLike(RGB8, 21, 13, 3);
  private final byte[] scanlines = PngWriter.of(image).mixedFilters(3).scanlines();
  private final List<HostilePng> files = new ArrayList<>();

  private HostileData() {}

  static List<HostilePng> all() {
    HostileData made = new HostileData();
    made.amounts();
    made.zlibWrapping();
    made.deflate();
    made.filters();
    made.flippedBits();
    return made.files;
  }

  private void add(String name, Fate fate, byte[] stream) {
    files.add(new HostilePng("IDAT: " + name, PngWriter.of(image).idat(stream).bytes(), fate));
  }

  private void amounts() {
    int right = scanlines.length;
    int row = 1 + RGB8.rowBytes(image.width());
    for (int less : new int[] {1, row - 1, row, row + 1, right - 1, right}) {
      add(less + " bytes too few", REJECTED, compressed(Arrays.copyOf(scanlines, right - less)));
    }
    for (int more : new int[] {1, row, 1000, MEBIBYTE, 64 * MEBIBYTE}) {
      add(more + " bytes too many", EITHER, compressed(Arrays.copyOf(scanlines, right + more)));
    }
    for (PngFormat format : PngFormat.ALL) {
      TestImage small = TestImage.random(format, 5, 5, 4);
      for (boolean interlaced : new boolean[] {false, true}) {
        PngWriter writer = PngWriter.of(small).interlaced(interlaced);
        byte[] lines = writer.scanlines();
        byte[] tooShort = compressed(Arrays.copyOf(lines, lines.length - 1));
        String name = "IDAT: one byte too few, " + format + (interlaced ? " interlaced" : "");
        files.add(new HostilePng(name, writer.idat(tooShort).bytes(), REJECTED));
      }
    }
  }

  private void zlibWrapping() {
    byte[] sound = compressed(scanlines);
    add("empty", REJECTED, new byte[0]);
    for (int length : new int[] {1, 2, 3, sound.length / 2}) {
      add("stream cut at " + length, REJECTED, Arrays.copyOf(sound, length));
    }
    for (int less = 1; less <= 4; less++) {
      byte[] cut = Arrays.copyOf(sound, sound.length - less);
      add("Adler-32 lacks " + less + " bytes", EITHER, cut);
    }
    add("wrong Adler-32", REJECTED, changed(sound, sound.length - 1, 1));
    add("bytes after Adler-32", EITHER, Arrays.copyOf(sound, sound.length + 10));
    add("wrong header check bits", REJECTED, changed(sound, 1, 1));
    add("compression method 7", REJECTED, withHeader(sound, 0x77));
    add("window of 64 KiB", REJECTED, withHeader(sound, 0x88));
    add("preset dictionary", REJECTED, withHeader(sound, 0x78, 0x20));
    // The smallest window, although matches may reach further back: the image is still exact
    // for decoders that do not enforce the window.
    add("window of 256 bytes", EITHER, withHeader(sound, 0x08));
  }

  private void deflate() {
    add("reserved block type", REJECTED, new byte[] {0x78, 0x01, 0x07, 0, 0, 0, 0});
    add("stored block with wrong complement", REJECTED, zlibOf(0x01, 4, 0, 4, 0, 1, 2, 3, 4));
    add("stored block that is cut", REJECTED, zlibOf(0x01, 0xFF, 0xFF, 0, 0, 1, 2, 3));
    // Fixed codes: the first symbol is a match, with nothing before it to copy.
    add("distance before the start", REJECTED, zlibOf(0x03, 0x02, 0, 0, 0, 0));
    // Dynamic codes: the code of the code lengths has no symbol.
    add("Huffman code of no symbol", REJECTED, zlibOf(0x05, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0));
    add("oversubscribed Huffman code", REJECTED, zlibOf(OVERSUBSCRIBED));
    byte[] manyBlocks = new byte[20_000];
    manyBlocks[0] = 0x78;
    manyBlocks[1] = 0x01;
    // The bits 0, 1, 0 and seven zeros are an empty block of fixed codes that is not the last.
    for (int bit = 17; bit < 8 * manyBlocks.length - 10; bit += 10) {
      manyBlocks[bit / 8] |= (byte) (1 << bit % 8);
    }
    add("thousands of empty blocks and no end", REJECTED, manyBlocks);
    add("stored blocks only", DECODED, PngWriter.compress(scanlines, 0));
  }

  private void filters() {
    for (int filter : new int[] {5, 6, 127, 128, 255}) {
      add("filter byte " + filter, REJECTED, compressed(withFirstFilter(filter)));
    }
    byte[] last = scanlines.clone();
    last[last.length - 1 - RGB8.rowBytes(image.width())] = 5;
    add("filter byte 5 in the last row", REJECTED, compressed(last));
  }

  /** The chunk's CRC is right again after each flip, so that the inflater sees the damage. */
  private void flippedBits() {
    byte[] sound = compressed(scanlines);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 64; i++) {
      int at = 2 + random.nextInt(sound.length - 6);
      int mask = 1 << random.nextInt(8);
      // Adler-32 notices every single-byte change of the output, whatever else the flip does.
      add("bit flip %d: byte %d ^ 0x%02x".formatted(i, at, mask), EITHER, changed(sound, at, mask));
    }
  }

  private byte[] withFirstFilter(int filter) {
    byte[] changed = scanlines.clone();
    changed[0] = (byte) filter;
    return changed;
  }

  private static byte[] compressed(byte[] bytes) {
    return PngWriter.compress(bytes, 9);
  }

  private static byte[] changed(byte[] bytes, int at, int mask) {
    byte[] changed = bytes.clone();
    changed[at] ^= (byte) mask;
    return changed;
  }

  private static byte[] zlibOf(int... deflateBytes) {
    byte[] stream = new byte[2 + deflateBytes.length];
    stream[0] = 0x78;
    stream[1] = 0x01;
    for (int i = 0; i < deflateBytes.length; i++) {
      stream[2 + i] = (byte) deflateBytes[i];
    }
    return stream;
  }

  private static byte[] withHeader(byte[] stream, int methodAndWindow) {
    return withHeader(stream, methodAndWindow, 0);
  }

  /** Replaces the two bytes of the zlib header, with right check bits. */
  private static byte[] withHeader(byte[] stream, int methodAndWindow, int flags) {
    byte[] changed = stream.clone();
    changed[0] = (byte) methodAndWindow;
    int remainder = (methodAndWindow * 256 + flags) % 31;
    changed[1] = (byte) (flags + (31 - remainder) % 31);
    return changed;
  }
}
