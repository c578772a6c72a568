package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.internal.load.NativeLoader;

/** The shared library, loaded once for each class loader, when it is first asked for. */
public final class NativeLibrary {
  /** The version of the header that these classes were made for. */
  public static final int ABI_VERSION = HeaderConstants.LPF_ABI_VERSION;

  private static final NativeLoader.Outcome OUTCOME = NativeLoader.load(new AbiCheck());

  private NativeLibrary() {}

  /**
   * How loading went; never throws.
   *
   * @return the outcome, the same at every call
   */
  public static NativeLoader.Outcome outcome() {
    return OUTCOME;
  }

  /**
   * Returns if the library is there.
   *
   * @throws UnsatisfiedLinkError if it could not be loaded, with every attempt
   */
  public static void require() {
    if (OUTCOME.failure() != null) {
      UnsatisfiedLinkError error = new UnsatisfiedLinkError(OUTCOME.failure().getMessage());
      error.initCause(OUTCOME.failure());
      throw error;
    }
  }

  /** Refuses a library that was built for other bindings, before anything else is called in it. */
  private static final class AbiCheck implements NativeLoader.Check {
    @Override
    public void require(String origin) {
      int found = CodecFunction.of("lpf_abi_version").call();
      if (found != ABI_VERSION) {
        throw new UnsatisfiedLinkError(
            origin
                + " has ABI version "
                + found
                + ", these classes need "
                + ABI_VERSION
                + ": use jar and library of the same release");
      }
      Freeing.prepare();
    }
  }
}
