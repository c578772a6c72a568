package io.github.lodepngffm.internal.memory;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.NativeErrors;
import java.lang.foreign.MemorySegment;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.Objects;

/**
 * Native memory that outlives a conversion and serves the next one. First touching a fresh page
 * costs more than converting the pixels on it (docs/memory.md has the numbers), so working memory
 * is lent, not allocated. What lies idle is bounded in number and bytes, and freed after some
 * seconds without use.
 *
 * <p>Thread-safe. The content of lent memory is undefined.
 */
public class MemoryPool {
  /** What the synchronous methods borrow their working memory from. */
  public static final MemoryPool SHARED =
      new MemoryPool(
          2 * Runtime.getRuntime().availableProcessors() + 2, 256L << 20, Long.MAX_VALUE, 4);

  private static final long SMALLEST_BLOCK = 64L << 10;
  private static final long IDLE_MILLIS = 5_000;

  private final int maxIdleBlocks;
  private final long maxIdleBytes;
  private final long maxBytes;
  private final double mostWaste;

  /** Not an ArrayDeque: one that finds no heap to grow loses all that it holds. */
  private final Deque<MemorySegment> idle = new LinkedList<>();

  private long idleBytes;
  private long lentBytes;
  private boolean sweeping;
  private boolean usedSinceLook;

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
    if (maxIdleBlocks < 0 || maxIdleBytes < 0) {
      throw new IllegalArgumentException(
          "cannot keep " + maxIdleBlocks + " blocks, " + maxIdleBytes + " bytes");
    }
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

  /** Who lends memory: a pool, or somebody who counts what it lends. */
  @FunctionalInterface
  public interface Lender {
    /**
     * Lends memory.
     *
     * @param bytes not negative
     * @return the loan
     * @throws PngException if there is none (kind {@code OUT_OF_MEMORY})
     */
    Lease lend(long bytes);
  }

  /** Memory on loan, until {@link #close()}. */
  public final class Lease implements AutoCloseable {
    private MemorySegment block;
    private long bytes;

    private Lease(long bytes) {
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
    Lease lease = new Lease(bytes); // before the memory, which nobody would give back without it
    lease.block = takeIdle(bytes);
    if (lease.block == null) {
      lease.block = newBlock(blockSize(bytes));
    }
    return lease;
  }

  private MemorySegment newBlock(long size) {
    MemorySegment block = null;
    try {
      synchronized (this) {
        lentBytes += size;
        while (!idle.isEmpty() && idleBytes > maxBytes - lentBytes) {
          free(removeOldest()); // before somebody else counts on its room
        }
      }
      block = MemoryCalls.allocate(size);
      return block;
    } catch (OutOfMemoryError e) {
      throw NativeErrors.outOfMemory(e);
    } finally {
      if (block == null) {
        synchronized (this) {
          lentBytes -= size;
        }
      }
    }
  }

  /**
   * Frees whatever is idle now. It has been freed when this returns, even if another thread is at
   * it too: who has closed a converter may count on that.
   */
  public synchronized void releaseIdle() {
    while (!idle.isEmpty()) {
      free(removeOldest());
    }
  }

  /** A block that is large enough and not wastefully larger, the most recently used first. */
  private synchronized MemorySegment takeIdle(long bytes) {
    usedSinceLook = true;
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
    if (!keep(block)) {
      free(block);
    }
    for (MemorySegment excess = takeExcess(); excess != null; excess = takeExcess()) {
      free(excess);
    }
  }

  /** False if the block is to be freed: it is too large, or there is no heap for keeping it. */
  private synchronized boolean keep(MemorySegment block) {
    lentBytes -= block.byteSize();
    try {
      if (block.byteSize() > maxIdleBytes || !startSweeper()) {
        return false;
      }
      idle.addFirst(block);
    } catch (OutOfMemoryError e) {
      return false;
    }
    idleBytes += block.byteSize();
    return true;
  }

  private synchronized MemorySegment takeExcess() {
    return idle.size() > maxIdleBlocks || idleBytes > maxIdleBytes ? removeOldest() : null;
  }

  private MemorySegment removeOldest() {
    MemorySegment oldest = idle.removeLast();
    idleBytes -= oldest.byteSize();
    return oldest;
  }

  /** Sees to it that idle blocks are freed some day; false if nobody will do it. */
  private boolean startSweeper() {
    if (!sweeping) {
      try {
        start(new Sweeper());
      } catch (OutOfMemoryError e) { // of the heap, or of threads
        return false;
      }
      sweeping = true;
      usedSinceLook = false;
    }
    return true;
  }

  private final class Sweeper implements Runnable {
    @Override
    public void run() {
      try {
        do {
          Thread.sleep(IDLE_MILLIS);
        } while (isInUse());
      } catch (InterruptedException e) {
        return; // who stops it has idle blocks freed at once
      } finally {
        endSweeper();
      }
    }
  }

  private synchronized boolean isInUse() {
    boolean used = usedSinceLook && !idle.isEmpty();
    usedSinceLook = false;
    return used;
  }

  private synchronized void endSweeper() {
    sweeping = false;
    releaseIdle();
  }

  /**
   * Starts a thread of the pool's own, for as long as there are idle blocks: it is there sooner
   * than the timers of the JDK, and these do not survive that the heap was exhausted.
   */
  void start(Runnable sweeper) {
    Thread thread = new Thread(null, sweeper, "lodepngffm-idle-memory", 0, false);
    thread.setContextClassLoader(null); // somebody's that has nothing to do with it
    thread.setDaemon(true);
    thread.start();
  }

  /** Frees a block. */
  void free(MemorySegment block) {
    MemoryCalls.free(block);
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
