package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.internal.load.NativeLoader;

/** The shared library, loaded once for each class loader, when it is first asked for. */
public final class NativeLibrary {
  private static final NativeLoader.Outcome OUTCOME = NativeLoader.load(NativeLibrary::check);

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
  private static void check(String origin) {
    int found = AboutCalls.abiVersionOfLibrary();
    int expected = AboutCalls.abiVersionOfBindings();
    if (found != expected) {
      throw new UnsatisfiedLinkError(
          origin
              + " has ABI version "
              + found
              + ", these classes need "
              + expected
              + ": use jar and library of the same release");
    }
  }
}
