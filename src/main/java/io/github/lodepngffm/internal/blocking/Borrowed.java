package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.internal.ffm.Piece;
import io.github.lodepngffm.internal.ffm.PngReaderCalls;
import io.github.lodepngffm.internal.files.PngWindow;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What reading in bands has to give back: the PNG, or a window of it, and the memory of the native
 * reader, which is closed first. It does not reach the reading itself, so that somebody notices when
 * that is forgotten.
 */
final class Borrowed {
  private final MemorySegment flag = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
  private PngWindow window;
  private Segments.Input input;
  private MemoryPool.Lease whole;
  private MemoryPool.Lease memory;
  private boolean isOpen;

  /** An int of native memory that lives as long as this. */
  MemorySegment flag() {
    return flag;
  }

  synchronized void take(PngWindow newWindow) {
    window = newWindow;
  }

  synchronized void take(Segments.Input newInput) {
    closeInput();
    input = newInput;
  }

  private void closeInput() {
    if (input != null) {
      input.close();
      input = null;
    }
  }

  /** Memory for the native reader, in place of what there was. */
  synchronized void takeState(long bytes) {
    closeState();
    memory = MemoryPool.SHARED.lend(bytes);
  }

  private void closeState() {
    if (memory == null) {
      return;
    }
    try (MemoryPool.Lease returned = memory) {
      memory = null;
      if (isOpen) {
        isOpen = false;
        PngReaderCalls.close(returned.segment());
      }
    }
  }

  /** The native reader has been opened in the state. */
  synchronized void isOpen() {
    isOpen = true;
  }

  MemorySegment state() {
    return memory.segment();
  }

  /** The PNG, or what of it is at hand. */
  MemorySegment bytes() {
    if (window != null) {
      return window.segment();
    }
    return input != null ? input.segment() : whole.segment();
  }

  /** Null where all of the PNG is at hand. */
  Piece piece() {
    return window == null ? null : window.piece();
  }

  /** After a native call, which is done or wants more input; returns whether it is done. */
  boolean movesOn(boolean done) throws IOException {
    if (window != null && done) {
      window.moveOn();
    } else if (window != null) {
      window.readMore();
    }
    return done;
  }

  /** Reads all of the PNG, for a reader from the beginning on; false if that cannot be had. */
  synchronized boolean becomesWhole() throws IOException {
    if (window == null || !window.canBeWhole()) {
      return false;
    }
    closeState();
    whole = window.whole();
    window = null;
    return true;
  }

  synchronized void giveBack() {
    try {
      closeState();
    } finally {
      closeInput();
      if (window != null) {
        window.close();
        window = null;
      }
      if (whole != null) {
        whole.close();
        whole = null;
      }
    }
  }
}
