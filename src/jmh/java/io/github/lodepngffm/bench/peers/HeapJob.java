package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.bench.Job;
import java.util.concurrent.Callable;

/** Work whose result is an array, or pixels that only count. */
final class HeapJob implements Job {
  private final Callable<?> work;

  HeapJob(Callable<?> work) {
    this.work = work;
  }

  @Override
  public long run() throws Exception {
    return work.call() instanceof byte[] bytes ? bytes.length : 1;
  }

  @Override
  public byte[] result() throws Exception {
    return work.call() instanceof byte[] bytes ? bytes : new byte[0];
  }
}
