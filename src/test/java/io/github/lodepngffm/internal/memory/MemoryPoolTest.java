package io.github.lodepngffm.internal.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory on loan: exact sizes, bounded leftovers, and freed when nobody wants it. */
@Timeout(60)
class MemoryPoolTest {
  private static final long MIB = 1 << 20;

  private final MemoryPool pool = new MemoryPool(2, 4 * MIB);
  private long allocationsBefore;
  private long bytesBefore;

  @BeforeEach
  void countLiveMemory() {
    MemoryPool.SHARED.releaseIdle();
    allocationsBefore = MemoryCalls.liveAllocations();
    bytesBefore = MemoryCalls.liveBytes();
  }

  @AfterEach
  void releaseIdle() {
    pool.releaseIdle();
  }

  private long allocations() {
    return MemoryCalls.liveAllocations() - allocationsBefore;
  }

  private long bytes() {
    return MemoryCalls.liveBytes() - bytesBefore;
  }

  @Test
  void aLoanHasExactlyTheBytesAskedForAndAllCanBeWritten() {
    for (long size : new long[] {0, 1, 65_535, 65_536, 65_537, MIB + 1, 33 * MIB}) {
      try (MemoryPool.Lease lease = pool.lend(size)) {
        assertThat(lease.segment().byteSize()).isEqualTo(size);
        assertThat(lease.segment().isNative()).isTrue();
        lease.segment().fill((byte) 1);
      }
    }
  }

  @Test
  void whatWasGivenBackServesTheNextLoanOfSimilarSize() {
    long address;
    try (MemoryPool.Lease lease = pool.lend(MIB)) {
      address = lease.segment().address();
    }
    try (MemoryPool.Lease lease = pool.lend(MIB - 1000)) {
      assertThat(lease.segment().address()).isEqualTo(address);
      assertThat(allocations()).isEqualTo(1);
    }
  }

  @Test
  void twoLoansAtATimeNeverShareMemory() {
    try (MemoryPool.Lease first = pool.lend(MIB);
        MemoryPool.Lease second = pool.lend(MIB)) {
      assertThat(first.segment().asOverlappingSlice(second.segment())).isEmpty();
      assertThat(allocations()).isEqualTo(2);
    }
  }

  @Test
  void aSmallLoanDoesNotTakeAHugeBlock() {
    pool.lend(3 * MIB).close();
    try (MemoryPool.Lease small = pool.lend(1000)) {
      assertThat(small.segment().byteSize()).isEqualTo(1000);
      assertThat(allocations()).as("the large block stays for the next large loan").isEqualTo(2);
    }
  }

  @Test
  void idleBlocksAreBoundedInNumber() {
    List<MemoryPool.Lease> leases = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      leases.add(pool.lend(100_000));
    }
    assertThat(allocations()).isEqualTo(5);
    leases.forEach(MemoryPool.Lease::close);
    assertThat(allocations()).isEqualTo(2);
  }

  @Test
  void idleBlocksAreBoundedInBytes() {
    MemoryPool.Lease first = pool.lend(3 * MIB);
    MemoryPool.Lease second = pool.lend(3 * MIB);
    first.close();
    second.close();
    assertThat(allocations()).isEqualTo(1);
    assertThat(bytes()).isLessThanOrEqualTo(4 * MIB);
  }

  @Test
  void aBlockLargerThanAllIdleMemoryMayBeIsFreedAtOnce() {
    pool.lend(5 * MIB).close();
    assertThat(allocations()).isZero();
  }

  @Test
  void aPoolThatKeepsNothingFreesEverythingAtOnce() {
    new MemoryPool(0, 0).lend(1000).close();
    assertThat(allocations()).isZero();
    assertThat(bytes()).isZero();
  }

  @Test
  void idleMemoryIsFreedOnDemand() {
    pool.lend(1000).close();
    assertThat(allocations()).isEqualTo(1);
    pool.releaseIdle();
    assertThat(allocations()).isZero();
    assertThat(bytes()).isZero();
  }

  @Test
  void idleMemoryIsFreedAfterSomeSecondsWithoutUse() throws InterruptedException {
    pool.lend(1000).close();
    while (allocations() > 0) { // the time limit of the class ends this if it does not
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(bytes()).isZero();
  }

  @Test
  void aLoanThatWasGivenBackCannotBeUsedAndGivingBackTwiceIsNothing() {
    MemoryPool.Lease lease = pool.lend(1000);
    lease.close();
    lease.close();
    assertThatIllegalStateException().isThrownBy(lease::segment);
    try (MemoryPool.Lease first = pool.lend(1000);
        MemoryPool.Lease second = pool.lend(1000)) {
      assertThat(first.segment().address()).isNotEqualTo(second.segment().address());
    }
  }

  @Test
  void aLoanCanBeShortenedButNotLengthened() {
    try (MemoryPool.Lease lease = pool.lend(1000)) {
      assertThat(lease.shortenedTo(10).segment().byteSize()).isEqualTo(10);
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> lease.shortenedTo(11));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> lease.shortenedTo(-1));
    }
  }

  @Test
  void sizesThatDoNotExistAreRefusedAndLeaveNothing() {
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> pool.lend(Long.MAX_VALUE / 8))
        .withMessageContaining("bytes")
        .returns(PngException.Kind.OUT_OF_MEMORY, PngException::kind);
    assertThat(allocations()).isZero();
  }

  @Test
  void threadsNeverGetTheSameMemoryAtTheSameTime() throws Exception {
    MemoryPool shared = new MemoryPool(4, 4 * MIB);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> jobs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        byte mark = (byte) i;
        jobs.add(() -> {
          try (MemoryPool.Lease lease = shared.lend(70_000)) {
            lease.segment().fill(mark);
            Thread.yield();
            return lease.segment().elements(JAVA_BYTE).allMatch(e -> e.get(JAVA_BYTE, 0) == mark);
          }
        });
      }
      for (Future<Boolean> untouched : threads.invokeAll(jobs)) {
        assertThat(untouched.get()).isTrue();
      }
    }
    shared.releaseIdle();
    assertThat(allocations()).isZero();
  }
}
