package io.github.lodepngffm.cli;

import io.github.lodepngffm.Tolerance;
import picocli.CommandLine.Option;

/** What becomes of damaged inputs. */
final class DamageOptions {
  @Option(
      names = "--tolerate",
      paramLabel = "DAMAGE",
      description =
          "Damage that is passed over, with a warning: ancillary (chunks beside the pixels, and a"
              + " missing end; the default), none, or truncation (also image data that ends early:"
              + " the rest is black).")
  private ToleratedDamage tolerated;

  @Option(names = "--strict", description = "The same as --tolerate none.")
  private boolean strict;

  @Option(names = "--tolerant", description = "The same as --tolerate truncation.")
  private boolean tolerant;

  /** The words of the command line for {@link Tolerance}. */
  private enum ToleratedDamage {
    NONE(Tolerance.STRICT),
    ANCILLARY(Tolerance.ANCILLARY_DAMAGE),
    TRUNCATION(Tolerance.TRUNCATED_DATA);

    private final Tolerance tolerance;

    ToleratedDamage(Tolerance tolerance) {
      this.tolerance = tolerance;
    }
  }

  /** Refuses to be told more than one thing. */
  void refuseContradictions() {
    if ((strict ? 1 : 0) + (tolerant ? 1 : 0) + (tolerated != null ? 1 : 0) > 1) {
      throw new UsageException("--strict, --tolerant and --tolerate exclude each other");
    }
  }

  Tolerance tolerance() {
    if (strict) {
      return Tolerance.STRICT;
    }
    if (tolerant) {
      return Tolerance.TRUNCATED_DATA;
    }
    return tolerated == null ? Tolerance.ANCILLARY_DAMAGE : tolerated.tolerance;
  }
}
