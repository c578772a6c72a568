package io.github.lodepngffm.testkit;

import static io.github.lodepngffm.testkit.HostilePng.Fate.DECODED;
import static io.github.lodepngffm.testkit.HostilePng.Fate.EITHER;
import static io.github.lodepngffm.testkit.HostilePng.Fate.REJECTED;

import io.github.lodepngffm.testkit.HostilePng.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small hostile files, the same in every run: each differs from a sound file in one way that its
 * name tells. Damage inside the compressed stream is made by {@link HostileData}, damage in IHDR by
 * {@link HostileHeaders}.
 */
public final class HostilePngs {

  private static final int MEBIBYTE = 1 << 20;

  private final List<HostilePng> files = new ArrayList<>();

  private HostilePngs() {}

  /** All of them. */
  public static Stream<HostilePng> all() {
    HostilePngs made = new HostilePngs();
    made.truncations();
    made.checksums();
    made.files.addAll(HostileHeaders.all());
    made.missingChunks();
    made.wrongOrder();
    made.lengths();
    made.palettes();
    made.bombs();
    made.files.addAll(HostileData.all());
    return made.files.stream();
  }

  public static Stream<HostilePng> all(Fate fate) {
    return all().filter(file -> file.fate() == fate);
  }

  /** The file that most damage is done to: small, several IDATs, several kinds of chunk. */
  static PngFile sound() {
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 9, 7, 1);
    return PngWriter.of(image.withDensity(Density.perMetre(2835, 2835)))
        .mixedFilters(1)
        .idatChunkSize(60)
        .file();
  }

  /** The same for what only palettes can get wrong; its three entries are all used. */
  static PngWriter soundPalette() {
    PngFormat format = new PngFormat(PngFormat.PALETTE, 2);
    TestImage image = TestImage.of(format, 3, 2, 0, 1, 2, 2, 1, 0);
    return PngWriter.of(
        image
            .withPalette(0x102030, 0x405060, 0x708090)
            .withTransparency((byte) 0, (byte) 128, (byte) 255));
  }

  private void add(String name, Fate fate, byte[] bytes) {
    files.add(new HostilePng(name, bytes, fate));
  }

  private void add(String name, Fate fate, PngFile file) {
    add(name, fate, file.bytes());
  }

  private void truncations() {
    PngFile file = sound();
    int[] borders = file.borders();
    int end = borders[borders.length - 1];
    for (int length = 0; length <= borders[0]; length++) {
      add("cut in the signature at " + length, REJECTED, file.truncated(length));
    }
    for (int i = 0; i < file.chunks().size(); i++) {
      PngChunk chunk = file.chunks().get(i);
      String name = "cut in chunk " + i + " " + chunk.type();
      // An image whose data is complete may be shown although the file ends in mid-IEND.
      Fate fate = chunk.type().equals("IEND") ? EITHER : REJECTED;
      int start = borders[i];
      if (i > 0) {
        add(name + " before it", fate, file.truncated(start));
      }
      add(name + " in the length", fate, file.truncated(start + 2));
      add(name + " after the length", fate, file.truncated(start + 4));
      add(name + " after the type", fate, file.truncated(start + 8));
      if (chunk.data().length > 1) {
        add(name + " after one byte of data", fate, file.truncated(start + 9));
        add(name + " before the last byte", fate, file.truncated(borders[i + 1] - 5));
      }
      add(name + " before the checksum", fate, file.truncated(borders[i + 1] - 4));
      add(name + " in the checksum", fate, file.truncated(borders[i + 1] - 1));
    }
    byte[] trailing = Arrays.copyOf(file.bytes(), end + 100);
    Arrays.fill(trailing, end, trailing.length, (byte) 0xFF);
    add("bytes after IEND", DECODED, trailing);
    for (int i = 0; i < PngFile.signature().length; i++) {
      byte[] wrong = file.bytes();
      wrong[i] ^= 0x20;
      add("byte " + i + " of the signature is wrong", REJECTED, wrong);
    }
    add("nothing but zeros", REJECTED, new byte[1000]);
  }

  private void checksums() {
    PngFile file = sound();
    for (int i = 0; i < file.chunks().size(); i++) {
      String type = file.chunks().get(i).type();
      boolean fatal = type.equals("IHDR") || type.equals("IDAT");
      add(
          "wrong checksum of chunk " + i + " " + type,
          fatal ? REJECTED : EITHER,
          file.change(i, PngChunk::withDamagedCrc));
    }
    PngFile palette = soundPalette().file();
    add("wrong checksum of PLTE", REJECTED, palette.change("PLTE", PngChunk::withDamagedCrc));
    add("wrong checksum of tRNS", EITHER, palette.change("tRNS", PngChunk::withDamagedCrc));
    add(
        "wrong checksum of an unknown ancillary chunk",
        EITHER,
        file.before("IDAT", PngChunk.of("teSt", new byte[5]).withDamagedCrc()));
  }

  private void missingChunks() {
    PngFile file = sound();
    add("no IHDR", REJECTED, file.without("IHDR"));
    add("no IDAT", REJECTED, file.without("IDAT"));
    add("no IEND", EITHER, file.without("IEND"));
    add("no chunk at all", REJECTED, PngFile.signature());
    add("only IHDR", REJECTED, file.truncated(file.borders()[1]));
    add("IHDR and IEND only", REJECTED, file.without("IDAT").without("pHYs"));
    int firstIdat = file.indexOf("IDAT");
    add(
        "second IDAT missing",
        REJECTED,
        new PngFile(
            Stream.concat(
                    file.chunks().stream().limit(firstIdat + 1L),
                    file.chunks().stream().skip(firstIdat + 2L))
                .toList()));
    add("palette image without PLTE", REJECTED, soundPalette().file().without("PLTE"));
  }

  private void wrongOrder() {
    PngFile file = sound();
    PngChunk header = file.chunks().getFirst();
    PngChunk end = file.chunks().getLast();
    PngChunk unknown = PngChunk.of("teSt", (byte) 1);
    add("pHYs before IHDR", REJECTED, file.without("pHYs").insert(0, density(file)));
    add("IHDR last but IEND", REJECTED, file.without("IHDR").before("IEND", header));
    add("IHDR twice", EITHER, file.after("IHDR", header));
    add("IHDR twice, the second larger", EITHER, file.after("IHDR", largerHeader()));
    add("IEND before IDAT", REJECTED, file.before("IDAT", end));
    add("IEND between IDATs", REJECTED, file.insert(file.indexOf("IDAT") + 1, end));
    add("IEND with data", EITHER, file.change("IEND", chunk -> chunk.withData(new byte[4])));
    add("a chunk between IDATs", EITHER, file.insert(file.indexOf("IDAT") + 1, unknown));
    add("first two IDATs swapped", REJECTED, swapped(file, file.indexOf("IDAT")));
    add("pHYs after IDAT", EITHER, file.without("pHYs").after("IDAT", density(file)));
    add("pHYs twice", EITHER, file.after("pHYs", density(file)));
    add("unknown critical chunk", REJECTED, file.before("IDAT", unknown.withType("TEST")));
    add(
        "chunk type that is not letters",
        EITHER,
        file.before("IDAT", unknown.withType("a\0!\377")));
    PngFile palette = soundPalette().file();
    PngChunk entries = palette.chunks().get(palette.indexOf("PLTE"));
    add("PLTE after IDAT", EITHER, palette.without("PLTE").after("IDAT", entries));
    add("PLTE twice", EITHER, palette.after("PLTE", entries));
    add("PLTE after tRNS", EITHER, palette.without("PLTE").after("tRNS", entries));
  }

  private static PngChunk density(PngFile file) {
    return file.chunks().get(file.indexOf("pHYs"));
  }

  private static PngChunk largerHeader() {
    return PngWriter.header(900, 700, 8, PngFormat.RGB, 0, 0, 0);
  }

  private static PngFile swapped(PngFile file, int index) {
    List<PngChunk> chunks = new ArrayList<>(file.chunks());
    Collections.swap(chunks, index, index + 1);
    return new PngFile(chunks);
  }

  private void lengths() {
    PngFile file = sound();
    long[] lengths = {0x7FFFFFFFL, 0x80000000L, 0xFFFFFFF3L, 0xFFFFFFF4L, 0xFFFFFFFFL};
    for (int i = 0; i < file.chunks().size(); i++) {
      PngChunk chunk = file.chunks().get(i);
      Fate fate = chunk.type().equals("IEND") ? EITHER : REJECTED;
      for (long length : lengths) {
        add(
            "chunk %d %s claims %d bytes".formatted(i, chunk.type(), length),
            fate,
            file.change(i, wrong -> wrong.withDeclaredLength(length)));
      }
      add(
          "chunk %d %s claims one byte more".formatted(i, chunk.type()),
          fate,
          file.change(i, wrong -> wrong.withDeclaredLength(chunk.data().length + 1L)));
      if (chunk.data().length > 0) {
        add(
            "chunk %d %s claims one byte less".formatted(i, chunk.type()),
            REJECTED,
            file.change(i, wrong -> wrong.withDeclaredLength(chunk.data().length - 1L)));
      }
    }
  }

  private void palettes() {
    PngFile file = soundPalette().file();
    palette("PLTE of no entry", REJECTED, file, 0);
    palette("PLTE of 4 bytes", EITHER, file, 4);
    palette("PLTE with more entries than the bit depth can name", EITHER, file, 15);
    palette("PLTE of 257 entries", REJECTED, file, 3 * 257);
    palette("palette index beyond PLTE", EITHER, file.without("tRNS"), 3);
    add("tRNS longer than PLTE", EITHER, file.change("tRNS", chunk -> chunk.withData(new byte[4])));
    add("tRNS of 257 bytes", EITHER, file.change("tRNS", c -> c.withData(new byte[257])));
    PngFile rgb = sound();
    add("RGB with tRNS of 5 bytes", EITHER, rgb.before("IDAT", PngChunk.of("tRNS", new byte[5])));
    add("RGB with empty tRNS", EITHER, rgb.before("IDAT", PngChunk.of("tRNS")));
    add("pHYs of 8 bytes", EITHER, rgb.change("pHYs", c -> c.withData(new byte[8])));
    byte[] unit2 = new Density(1, 1, 2).chunkData();
    add("pHYs of an unknown unit", EITHER, rgb.change("pHYs", c -> c.withData(unit2)));
    byte[] over = new Density(-1, -1, Density.METRE).chunkData();
    add("pHYs of 2^32 - 1 per metre", EITHER, rgb.change("pHYs", c -> c.withData(over)));
  }

  private void palette(String name, Fate fate, PngFile file, int length) {
    add(name, fate, file.change("PLTE", chunk -> chunk.withData(new byte[length])));
  }

  private void bombs() {
    PngFile file = sound();
    byte[] zeros = PngWriter.compress(new byte[16 * MEBIBYTE], 9);
    PngChunk profile = PngChunk.of("iCCP", prefixed(zeros, 'x', 0, 0));
    PngChunk text = PngChunk.of("zTXt", prefixed(zeros, 'x', 0, 0));
    PngChunk international = PngChunk.of("iTXt", prefixed(zeros, 'x', 0, 1, 0, 0, 0));
    add("iCCP that inflates to 16 MiB", EITHER, file.before("IDAT", profile));
    add("zTXt that inflates to 16 MiB", EITHER, file.before("IDAT", text));
    add("iTXt that inflates to 16 MiB", EITHER, file.before("IDAT", international));
    PngChunk[] profiles = new PngChunk[8];
    Arrays.fill(profiles, profile);
    add("eight iCCP that inflate to 16 MiB each", EITHER, file.before("IDAT", profiles));
    PngChunk[] empty = new PngChunk[5000];
    Arrays.fill(empty, PngChunk.of("teSt"));
    add("5000 empty unknown chunks", DECODED, file.before("IDAT", empty));
    Arrays.fill(empty, PngChunk.of("tEXt", (byte) 'k', (byte) 0));
    add("5000 empty texts", EITHER, file.before("IDAT", empty));
    Arrays.fill(empty, PngChunk.of("IDAT"));
    add("5000 empty IDATs before the data", DECODED, file.before("IDAT", empty));
    add("5000 empty IDATs after the data", DECODED, file.after("IDAT", empty));
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 40, 40, 2);
    add("IDATs of one byte", DECODED, PngWriter.of(image).idatChunkSize(1).bytes());
  }

  private static byte[] prefixed(byte[] stream, int... prefix) {
    byte[] data = new byte[prefix.length + stream.length];
    for (int i = 0; i < prefix.length; i++) {
      data[i] = (byte) prefix[i];
    }
    System.arraycopy(stream, 0, data, prefix.length, stream.length);
    return data;
  }
}
