package io.github.lodepngffm.testkit;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in the spelling of the expectation tables: 64 lower-case hexadecimal digits. */
public final class Sha256 {

  /** A byte buffer cannot show more than 2 GiB at once. */
  private static final long SLICE = 1L << 30;

  private Sha256() {}

  public static String of(byte[] bytes) {
    return of(MemorySegment.ofArray(bytes));
  }

  public static String of(MemorySegment segment) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    for (long at = 0; at < segment.byteSize(); at += SLICE) {
      long length = Math.min(SLICE, segment.byteSize() - at);
      digest.update(segment.asSlice(at, length).asByteBuffer());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
