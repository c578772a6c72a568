package io.github.lodepngffm.internal.memory;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.NativeErrors;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Native memory that outlives a conversion and serves the next one. First touching a fresh page
 * costs more than converting the pixels on it (docs/memory.md has the numbers), so working memory
 * is lent, not allocated. What lies idle is bounded in number and bytes, and freed after some
 * seconds without use.
 *
 * <p>Thread-safe. The content of lent memory is undefined.
 */
public final class MemoryPool {
  /** What the synchronous methods borrow their working memory from. */
  public static final MemoryPool SHARED =
      new MemoryPool(
          2 * Runtime.getRuntime().availableProcessors() + 2, 256L << 20, Long.MAX_VALUE, 4);

  private static final long SMALLEST_BLOCK = 64L << 10;
  private static final long IDLE_SECONDS = 5;

  private final int maxIdleBlocks;
  private final long maxIdleBytes;
  private final long maxBytes;
  private final double mostWaste;
  private final Deque<MemorySegment> idle = new ArrayDeque<>();
  private long idleBytes;
  private long lentBytes;
  private boolean sweepScheduled;
  private boolean usedSinceSweep;

  /**
   * A pool of its own.
   *
   * @param maxIdleBlocks how many blocks it keeps while nobody uses them
   * @param maxIdleBytes how many bytes these may have together
   */
  public MemoryPool(int maxIdleBlocks, long maxIdleBytes) {
    this(maxIdleBlocks, maxIdleBytes, Long.MAX_VALUE, 4);
  }

  private MemoryPool(int maxIdleBlocks, long maxIdleBytes, long maxBytes, double mostWaste) {
    this.maxIdleBlocks = maxIdleBlocks;
    this.maxIdleBytes = maxIdleBytes;
    this.maxBytes = maxBytes;
    this.mostWaste = mostWaste;
  }

  /**
   * A pool for who counts what is lent: as long as the sum of {@link #mostBytesLentFor} stays
   * within {@code maxBytes}, so does all that the pool holds, lent or idle.
   *
   * @param maxIdleBlocks how many blocks it keeps while nobody uses them
   * @param maxBytes for the sake of which idle blocks are freed before new ones are made
   * @return a new pool
   */
  public static MemoryPool bounded(int maxIdleBlocks, long maxBytes) {
    return new MemoryPool(maxIdleBlocks, maxBytes, maxBytes, 1.25);
  }

  /**
   * The largest block that a {@linkplain #bounded bounded} pool lends for so many bytes.
   *
   * @param bytes not negative
   * @return bytes
   */
  public long mostBytesLentFor(long bytes) {
    return (long) (mostWaste * Math.max(bytes, SMALLEST_BLOCK));
  }

  /** Memory on loan, until {@link #close()}. */
  public final class Lease implements AutoCloseable {
    private MemorySegment block;
    private long bytes;

    private Lease(MemorySegment block, long bytes) {
      this.block = block;
      this.bytes = bytes;
    }

    /**
     * The memory.
     *
     * @return exactly as many bytes as were asked for
     */
    public MemorySegment segment() {
      if (block == null) {
        throw new IllegalStateException("this memory has been given back");
      }
      return block.asSlice(0, bytes);
    }

    /**
     * Keeps only the first bytes.
     *
     * @param fewer at most as many as there are
     * @return this
     */
    public Lease shortenedTo(long fewer) {
      Objects.checkFromToIndex(0, fewer, bytes);
      bytes = fewer;
      return this;
    }

    /** Gives the memory back. The segment must not be used any more. */
    @Override
    public void close() {
      MemorySegment returned = block;
      block = null;
      if (returned != null) {
        giveBack(returned);
      }
    }
  }

  /**
   * Lends memory.
   *
   * @param bytes not negative
   * @return the loan
   * @throws PngException if there is none (kind {@code OUT_OF_MEMORY})
   */
  public Lease lend(long bytes) {
    MemorySegment block = takeIdle(bytes);
    return new Lease(block != null ? block : newBlock(blockSize(bytes)), bytes);
  }

  private MemorySegment newBlock(long size) {
    synchronized (this) {
      lentBytes += size;
      while (!idle.isEmpty() && idleBytes > maxBytes - lentBytes) {
        MemoryCalls.free(removeOldest()); // before somebody else counts on its room
      }
    }
    try {
      return MemoryCalls.allocate(size);
    } catch (OutOfMemoryError e) {
      synchronized (this) {
        lentBytes -= size;
      }
      throw NativeErrors.outOfMemory(e);
    }
  }

  /**
   * Frees whatever is idle now. It has been freed when this returns, even if another thread is at
   * it too: who has closed a converter may count on that.
   */
  public synchronized void releaseIdle() {
    while (!idle.isEmpty()) {
      MemoryCalls.free(removeOldest());
    }
  }

  /** A block that is large enough and not wastefully larger, the most recently used first. */
  private synchronized MemorySegment takeIdle(long bytes) {
    usedSinceSweep = true;
    long mostBytes = mostBytesLentFor(bytes);
    for (Iterator<MemorySegment> blocks = idle.iterator(); blocks.hasNext(); ) {
      MemorySegment block = blocks.next();
      if (block.byteSize() >= bytes && block.byteSize() <= mostBytes) {
        blocks.remove();
        idleBytes -= block.byteSize();
        lentBytes += block.byteSize();
        return block;
      }
    }
    return null;
  }

  private void giveBack(MemorySegment block) {
    Deque<MemorySegment> evicted = new ArrayDeque<>();
    synchronized (this) {
      lentBytes -= block.byteSize();
      if (block.byteSize() > maxIdleBytes) {
        evicted.add(block);
      } else {
        idle.addFirst(block);
        idleBytes += block.byteSize();
        while (idle.size() > maxIdleBlocks || idleBytes > maxIdleBytes) {
          evicted.add(removeOldest());
        }
        scheduleSweep();
      }
    }
    evicted.forEach(MemoryCalls::free);
  }

  private MemorySegment removeOldest() {
    MemorySegment oldest = idle.removeLast();
    idleBytes -= oldest.byteSize();
    return oldest;
  }

  private void scheduleSweep() {
    if (!sweepScheduled) {
      sweepScheduled = true;
      usedSinceSweep = false;
      Executor later = CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS);
      later.execute(this::sweep);
    }
  }

  private void sweep() {
    synchronized (this) {
      sweepScheduled = false;
      if (usedSinceSweep) {
        if (!idle.isEmpty()) {
          scheduleSweep();
        }
        return;
      }
    }
    releaseIdle();
  }

  /** Rounded up so that images of similar size share blocks: at most an eighth is lost. */
  private static long blockSize(long bytes) {
    if (bytes <= SMALLEST_BLOCK) {
      return SMALLEST_BLOCK;
    }
    long step = Math.max(Long.highestOneBit(bytes) >> 3, 4096);
    return Math.addExact(bytes, step - 1) / step * step;
  }
}
