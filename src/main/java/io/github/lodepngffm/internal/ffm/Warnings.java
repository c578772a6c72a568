package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.PngWarning;
import java.util.ArrayList;
import java.util.List;

/** The damage that a report lists. */
final class Warnings {
  private Warnings() {}

  static List<PngWarning> of(Structure report) {
    int count = report.getInt(Offsets.REPORT_WARNING_COUNT);
    if (count == 0) {
      return List.of();
    }
    int capacity = HeaderConstants.LPF_WARNING_CAPACITY;
    int held = Integer.compareUnsigned(count, capacity) < 0 ? count : capacity;
    List<PngWarning> list = new ArrayList<>(held);
    for (int i = 0; i < held; i++) {
      int at = Offsets.REPORT_WARNINGS + i * Offsets.WARNING_SIZE;
      int code = report.getInt(at + Offsets.WARNING_CODE);
      list.add(
          new PngWarning(
              code,
              chunkTypeOf(report.getInt(at + Offsets.WARNING_CHUNK_TYPE)),
              report.getLong(at + Offsets.WARNING_OFFSET),
              AboutCalls.errorText(code)));
    }
    return list;
  }

  /** A BMP has no chunks. */
  private static String chunkTypeOf(int chunkType) {
    return chunkType == 0 ? "" : Diagnosis.letters(chunkType);
  }
}
