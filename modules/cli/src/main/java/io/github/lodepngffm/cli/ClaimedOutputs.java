package io.github.lodepngffm.cli;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Which outputs a run has already given to an input, so that a second input with the same output is
 * noticed. Keeps 64 bits of each path's digest, not the path: a million files cost 16 MB. That two
 * different paths have the same 64 bits happens once in 37 million runs of a million files, and
 * then refuses one file.
 */
final class ClaimedOutputs {
  private static final boolean CASE_MATTERS = caseMatters();

  private final MessageDigest digest;
  private long[] slots = new long[1 << 10];
  private int size;

  ClaimedOutputs() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The file systems of Windows and macOS take a.bmp and A.bmp for the same name. */
  private static boolean caseMatters() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return !os.startsWith("windows") && !os.startsWith("mac");
  }

  /**
   * Claims an output.
   *
   * @return false if it was claimed before
   */
  boolean add(Path output) {
    if (2 * size >= slots.length) {
      grow();
    }
    if (!insert(slots, key(output))) {
      return false;
    }
    size++;
    return true;
  }

  private long key(Path output) {
    String text = FileNames.text(output);
    String name = CASE_MATTERS ? text : text.toLowerCase(Locale.ROOT);
    byte[] hash = digest.digest(FileNames.bytes(name));
    long key = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      key = key << 8 | (hash[i] & 0xFF);
    }
    return key == 0 ? 1 : key; // 0 marks a free slot
  }

  private static boolean insert(long[] slots, long key) {
    int at = (int) key & (slots.length - 1);
    while (slots[at] != 0) {
      if (slots[at] == key) {
        return false;
      }
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = key;
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (long key : slots) {
      if (key != 0) {
        insert(larger, key);
      }
    }
    slots = larger;
  }
}
