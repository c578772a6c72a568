package io.github.lodepngffm.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One chunk as it stands in the file, which a test may make lie about itself.
 *
 * @param type four Latin-1 characters
 * @param declaredLength what the length field says, as an unsigned 32-bit number
 * @param crcDamage exclusive-ored onto the right CRC; 0 leaves it right
 */
public record PngChunk(String type, byte[] data, long declaredLength, int crcDamage) {

  /** Length, type and CRC fields. */
  public static final int OVERHEAD = 12;

  public PngChunk {
    if (type.length() != 4) {
      throw new IllegalArgumentException("a chunk type has four characters, not '" + type + "'");
    }
  }

  public static PngChunk of(String type, byte... data) {
    return new PngChunk(type, data, data.length, 0);
  }

  public PngChunk withData(byte... newData) {
    return new PngChunk(type, newData, newData.length, crcDamage);
  }

  public PngChunk withType(String newType) {
    return new PngChunk(newType, data, declaredLength, crcDamage);
  }

  public PngChunk withDeclaredLength(long length) {
    return new PngChunk(type, data, length, crcDamage);
  }

  public PngChunk withDamagedCrc() {
    return new PngChunk(type, data, declaredLength, 1);
  }

  /** Bytes in the file, whatever the length field says. */
  public int size() {
    return OVERHEAD + data.length;
  }

  void putInto(ByteBuffer file) {
    byte[] typeBytes = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(typeBytes);
    crc.update(data);
    file.putInt((int) declaredLength).put(typeBytes).put(data);
    file.putInt((int) crc.getValue() ^ crcDamage);
  }
}
