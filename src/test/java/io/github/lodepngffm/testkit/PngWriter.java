package io.github.lodepngffm.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.zip.Deflater;

/**
 * Writes a {@link TestImage} as PNG with a free choice of everything the specification leaves to
 * the encoder. {@link #bytes()} is the file; {@link #file()} is the file as chunks, to be damaged.
 *
 * <pre>{@code
 * byte[] png = PngWriter.of(image).interlaced(true).filter(4).idatChunkSize(100).bytes();
 * }</pre>
 */
public final class PngWriter {

  private final TestImage image;
  private final List<PngChunk> extraBeforePalette = new ArrayList<>();
  private final List<PngChunk> extraBeforeData = new ArrayList<>();
  private final List<PngChunk> extraAfterData = new ArrayList<>();
  private boolean interlaced;
  private boolean strayBits;
  private IntUnaryOperator filterOfRow = row -> PngFilter.NONE;
  private int level = Deflater.DEFAULT_COMPRESSION;
  private int idatChunkSize = Integer.MAX_VALUE;
  private byte[] idat;

  private PngWriter(TestImage image) {
    this.image = image;
  }

  public static PngWriter of(TestImage image) {
    return new PngWriter(image);
  }

  /** A plain file: no interlace, filter 0, one IDAT. */
  public static byte[] bytesOf(TestImage image) {
    return of(image).bytes();
  }

  public PngWriter interlaced(boolean adam7) {
    interlaced = adam7;
    return this;
  }

  /** The same filter for every row; above 4 the file is illegal. */
  public PngWriter filter(int filter) {
    return filters(row -> filter);
  }

  /** A filter per row; rows are counted through all passes of an interlaced image. */
  public PngWriter filters(IntUnaryOperator chosenFilterOfRow) {
    filterOfRow = chosenFilterOfRow;
    return this;
  }

  /** An arbitrary filter for each row, the same for the same seed. */
  public PngWriter mixedFilters(long seed) {
    return filters(
        row -> new SplittableRandom(seed * 0x9E3779B97F4A7C15L + row).nextInt(PngFilter.COUNT));
  }

  /** Level of {@link Deflater}: 0 (stored blocks) to 9. */
  public PngWriter compressionLevel(int newLevel) {
    level = newLevel;
    return this;
  }

  /** Splits the compressed stream into IDAT chunks of this many bytes; the last may be shorter. */
  public PngWriter idatChunkSize(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("IDAT chunks of " + bytes + " bytes hold nothing");
    }
    idatChunkSize = bytes;
    return this;
  }

  /** Sets the unused bits at the end of rows narrower than a byte, which decoders must ignore. */
  public PngWriter strayBitsAtRowEnds(boolean set) {
    strayBits = set;
    return this;
  }

  /** Uses this stream instead of the compressed image. */
  public PngWriter idat(byte[] stream) {
    idat = stream.clone();
    return this;
  }

  /** Adds a chunk directly behind IHDR. */
  public PngWriter chunkBeforePalette(PngChunk chunk) {
    extraBeforePalette.add(chunk);
    return this;
  }

  /** Adds a chunk between PLTE, tRNS and pHYs and the first IDAT. */
  public PngWriter chunkBeforeData(PngChunk chunk) {
    extraBeforeData.add(chunk);
    return this;
  }

  /** Adds a chunk between the last IDAT and IEND. */
  public PngWriter chunkAfterData(PngChunk chunk) {
    extraAfterData.add(chunk);
    return this;
  }

  public byte[] bytes() {
    return file().bytes();
  }

  public PngFile file() {
    List<PngChunk> chunks = new ArrayList<>();
    chunks.add(header());
    chunks.addAll(extraBeforePalette);
    if (image.palette() != null) {
      chunks.add(PngChunk.of("PLTE", paletteBytes()));
    }
    if (image.transparency() != null) {
      chunks.add(PngChunk.of("tRNS", image.transparency()));
    }
    if (image.density() != null) {
      chunks.add(PngChunk.of("pHYs", image.density().chunkData()));
    }
    chunks.addAll(extraBeforeData);
    addData(chunks);
    chunks.addAll(extraAfterData);
    chunks.add(PngChunk.of("IEND"));
    return new PngFile(chunks);
  }

  private PngChunk header() {
    return header(
        image.width(),
        image.height(),
        image.bitDepth(),
        image.colorType(),
        0,
        0,
        interlaced ? 1 : 0);
  }

  /** An IHDR of arbitrary, also illegal, fields. */
  public static PngChunk header(
      int width,
      int height,
      int bitDepth,
      int colorType,
      int compression,
      int filter,
      int interlace) {
    ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
    data.put((byte) bitDepth).put((byte) colorType);
    data.put((byte) compression).put((byte) filter).put((byte) interlace);
    return PngChunk.of("IHDR", data.array());
  }

  private byte[] paletteBytes() {
    int[] palette = image.palette();
    byte[] bytes = new byte[3 * palette.length];
    for (int i = 0; i < palette.length; i++) {
      bytes[3 * i] = (byte) (palette[i] >> 16);
      bytes[3 * i + 1] = (byte) (palette[i] >> 8);
      bytes[3 * i + 2] = (byte) palette[i];
    }
    return bytes;
  }

  private void addData(List<PngChunk> chunks) {
    byte[] stream = idat != null ? idat : compress(scanlines(), level);
    int start = 0;
    do {
      int end = (int) Math.min(stream.length, (long) start + idatChunkSize);
      chunks.add(PngChunk.of("IDAT", Arrays.copyOfRange(stream, start, end)));
      start = end;
    } while (start < stream.length);
  }

  /** The filtered rows of all passes: what the IDAT stream inflates to. */
  public byte[] scanlines() {
    List<Adam7> passes = interlaced ? Adam7.PASSES : Adam7.NONE;
    PngFormat format = image.format();
    long total = 0;
    for (Adam7 pass : passes) {
      int columns = pass.columns(image.width());
      if (columns > 0) {
        total += (1L + format.rowBytes(columns)) * pass.rows(image.height());
      }
    }
    byte[] out = new byte[Math.toIntExact(total)];
    int offset = 0;
    int rowNumber = 0;
    for (Adam7 pass : passes) {
      int columns = pass.columns(image.width());
      int rows = columns == 0 ? 0 : pass.rows(image.height());
      byte[] previous = new byte[format.rowBytes(columns)];
      for (int row = 0; row < rows; row++) {
        byte[] packed = pack(pass, columns, row);
        int filter = filterOfRow.applyAsInt(rowNumber++);
        PngFilter.apply(filter, packed, previous, format.filterDistance(), out, offset);
        offset += 1 + packed.length;
        previous = packed;
      }
    }
    return out;
  }

  /** One row of a pass with its samples packed as the file stores them, high bits first. */
  private byte[] pack(Adam7 pass, int columns, int row) {
    PngFormat format = image.format();
    int bitDepth = format.bitDepth();
    byte[] packed = new byte[format.rowBytes(columns)];
    int y = pass.yStart() + row * pass.yStep();
    long bit = 0;
    for (int column = 0; column < columns; column++) {
      int x = pass.xStart() + column * pass.xStep();
      for (int channel = 0; channel < format.channels(); channel++, bit += bitDepth) {
        int sample = image.sample(x, y, channel);
        int at = (int) (bit / 8);
        if (bitDepth == 16) {
          packed[at] = (byte) (sample >> 8);
          packed[at + 1] = (byte) sample;
        } else {
          packed[at] |= (byte) (sample << (8 - bitDepth - bit % 8));
        }
      }
    }
    if (strayBits && bit % 8 != 0) {
      packed[packed.length - 1] |= (byte) (0xFF >> (bit % 8));
    }
    return packed;
  }

  /** A zlib stream of these bytes. */
  public static byte[] compress(byte[] bytes, int level) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      byte[] part = new byte[8192];
      while (!deflater.finished()) {
        stream.write(part, 0, deflater.deflate(part));
      }
      return stream.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
