package io.github.lodepngffm.testkit;

/**
 * Value noise of three octaves and some grain, the same on every machine. Channels share most of
 * their shape, as the colours of a photograph do.
 */
final class SmoothNoise {

  private static final double GRAIN = 1.0 / 64;

  private final long seed;

  SmoothNoise(long seed) {
    this.seed = seed;
  }

  /** A value from 0 (inclusive) to 1 (exclusive). */
  double at(int x, int y, int channel) {
    double shared = 0.55 * octave(x, y, 64, 0) + 0.2 * octave(x, y, 16, 1);
    double own = 0.25 * octave(x, y, 32, 2 + channel);
    double grain = GRAIN * (lattice(x, y, 100 + channel) - 0.5);
    return Math.clamp(shared + own + grain, 0.0, Math.nextDown(1.0));
  }

  private double octave(int x, int y, int cell, int layer) {
    int column = x / cell;
    int row = y / cell;
    double right = smooth((x % cell) / (double) cell);
    double down = smooth((y % cell) / (double) cell);
    double top = mix(lattice(column, row, layer), lattice(column + 1, row, layer), right);
    double bottom =
        mix(lattice(column, row + 1, layer), lattice(column + 1, row + 1, layer), right);
    return mix(top, bottom, down);
  }

  /** A fixed pseudo-random value from 0 to 1 for a lattice point: the finaliser of SplitMix64. */
  private double lattice(int x, int y, int layer) {
    long bits =
        seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + layer * 0x165667B19E3779F9L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    bits ^= bits >>> 31;
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
