package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.blocking.CallContext;
import java.util.concurrent.Callable;

/** The caller's own code, on a worker. */
public final class OwnWork<R> extends Work<R> {
  private final long bytes;
  private final Callable<? extends R> code;

  /**
   * To be submitted.
   *
   * @param bytes of native memory that it is counted with
   * @param code what to call
   */
  public OwnWork(long bytes, Callable<? extends R> code) {
    this.bytes = bytes;
    this.code = code;
  }

  @Override
  Demand demand(ConvertOptions defaults) {
    return new Demand(0, bytes, 0);
  }

  @Override
  Finish<R> work(ConvertOptions defaults, JobMemory memory, CallContext context) throws Exception {
    R result = code.call();
    return future -> result;
  }
}
