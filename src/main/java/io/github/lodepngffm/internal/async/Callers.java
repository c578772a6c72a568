package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** What is asked of a caller's memory that other threads are to work with. */
final class Callers {
  /** Belongs to nobody that could own an arena: what it may see, every thread may. */
  private static final Thread STRANGER = Thread.ofPlatform().daemon().unstarted(() -> {});

  private Callers() {}

  static MemorySegment input(MemorySegment png) {
    Objects.requireNonNull(png, "png");
    return requireShared(
        png, "the PNG is in memory confined to one thread, and is read by another");
  }

  static void output(MemorySegment memory) {
    requireShared(
        memory, "the memory is confined to one thread, and the pixels are written by another");
  }

  private static MemorySegment requireShared(MemorySegment memory, String whatIsWrong) {
    if (!memory.isAccessibleBy(STRANGER)) {
      throw new IllegalArgumentException(
          whatIsWrong + ": allocate it in Arena.ofShared(), Arena.ofAuto() or Arena.global()");
    }
    return memory;
  }

  static Arena arena(Arena arena) {
    Objects.requireNonNull(arena, "arena");
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("the arena is closed");
    }
    if (!MemoryCalls.isAccessibleBy(STRANGER, arena)) {
      throw new IllegalArgumentException(
          "the arena is confined to one thread, and the result is written by another: use"
              + " Arena.ofShared(), Arena.ofAuto() or Arena.global()");
    }
    return arena;
  }
}
