package io.github.lodepngffm.internal.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes chunks one after the other, each with its length and CRC (PNG, 5.3). */
final class ChunkWriter {
  private static final int DEFLATE_BYTES = 8192;

  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  ChunkWriter begin(String type) {
    data.reset();
    data.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  ChunkWriter put(byte[] bytes) {
    data.writeBytes(bytes);
    return this;
  }

  ChunkWriter put8(int value) {
    data.write(value);
    return this;
  }

  ChunkWriter put16(int value) {
    return put8(value >> 8).put8(value);
  }

  ChunkWriter put32(long value) {
    return put16((int) (value >> 16)).put16((int) value);
  }

  /** A number of so many parts a unit. */
  ChunkWriter putScaled(double value, int parts) {
    return put32(Math.round(value * parts));
  }

  /** A zlib stream of the bytes. */
  ChunkWriter putCompressed(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] part = new byte[DEFLATE_BYTES];
      while (!deflater.finished()) {
        data.write(part, 0, deflater.deflate(part));
      }
    } finally {
      deflater.end();
    }
    return this;
  }

  /** Ends the chunk. */
  void end() {
    byte[] typeAndData = data.toByteArray();
    CRC32 crc = new CRC32();
    crc.update(typeAndData);
    putInto(typeAndData.length - 4L);
    chunks.writeBytes(typeAndData);
    putInto(crc.getValue());
  }

  private void putInto(long value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      chunks.write((int) (value >> shift));
    }
  }

  byte[] bytes() {
    return chunks.toByteArray();
  }
}
