package io.github.lodepngffm.soak;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32C;

/** What became of each file the first time; every later time, and every other way, must agree. */
final class Outcomes {
  private final ConcurrentMap<String, String> first = new ConcurrentHashMap<>();

  void converted(String file, MemorySegment bmp) {
    CRC32C checksum = new CRC32C();
    checksum.update(bmp.asByteBuffer());
    require(file, bmp.byteSize() + " bytes, checksum " + Long.toHexString(checksum.getValue()));
  }

  void failed(String file, int errorCode) {
    require(file, "code " + errorCode);
  }

  private void require(String file, String outcome) {
    String before = first.putIfAbsent(file, outcome);
    if (before != null && !before.equals(outcome)) {
      throw new AssertionError(file + ": " + outcome + ", earlier: " + before);
    }
  }

  int files() {
    return first.size();
  }

  long failures() {
    return first.values().stream().filter(outcome -> outcome.startsWith("code")).count();
  }
}
