package io.github.lodepngffm.leakcheck;

import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Compares, around every test class, the native library's count of live allocations and their
 * bytes. It is found through {@code META-INF/services}, so no test class can forget it.
 *
 * <p>Memory that the collector frees gets some time: what is still there after {@link #PATIENCE}
 * has leaked. A count that falls is a failure too: something was freed twice, or missed before.
 */
public final class NativeLeakCheck implements BeforeAllCallback, AfterAllCallback {
  /** Configuration parameter of the JUnit platform: how many milliseconds to wait. */
  static final String PATIENCE = "nativeLeakCheck.patienceMillis";

  private static final long DEFAULT_PATIENCE = 15_000;

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NativeLeakCheck.class);

  private record Live(long allocations, long bytes) {
    static Live now() {
      MemoryPool.SHARED.releaseIdle();
      return new Live(MemoryCalls.liveAllocations(), MemoryCalls.liveBytes());
    }

    @Override
    public String toString() {
      return allocations + " native allocations (" + bytes + " bytes)";
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (NativeSupport.isAvailable()) {
      context.getStore(NAMESPACE).put(context.getUniqueId(), Live.now());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    Live before = context.getStore(NAMESPACE).get(context.getUniqueId(), Live.class);
    if (before == null) {
      return; // no native library, so nothing of it can have leaked
    }
    long patience =
        context.getConfigurationParameter(PATIENCE, Long::valueOf).orElse(DEFAULT_PATIENCE);
    long end = System.nanoTime() + Duration.ofMillis(patience).toNanos();
    Live after = Live.now();
    while (!after.equals(before) && System.nanoTime() < end) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
      after = Live.now();
    }
    if (!after.equals(before)) {
      throw new AssertionError(
          "before " + context.getDisplayName() + ": " + before + ", after it: " + after);
    }
  }
}
