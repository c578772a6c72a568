package io.github.lodepngffm.circle;

/** The other half, which knows the first one only through a class inside of it. */
final class Egg {
  /** What knows it. */
  static final class Chick {
    Object grow() {
      return new Hen();
    }
  }
}
