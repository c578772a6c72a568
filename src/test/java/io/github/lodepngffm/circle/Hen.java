package io.github.lodepngffm.circle;

/** One half of a circle that ArchitectureTest has to see. */
final class Hen {
  Egg lay() {
    return new Egg();
  }
}
