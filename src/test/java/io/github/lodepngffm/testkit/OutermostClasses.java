package io.github.lodepngffm.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Takes classes apart for a rule about circles: a nested class is a part of its outermost one.
 *
 * @param ignoredPackage one whose classes the rule is not about, or none
 */
public record OutermostClasses(String ignoredPackage) implements SliceAssignment {
  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    return type.getPackageName().equals(ignoredPackage)
        ? SliceIdentifier.ignore()
        : SliceIdentifier.of(nameOf(type));
  }

  /** The name of the class itself if it is an outermost one, else of the one around it. */
  public static String nameOf(JavaClass type) {
    return type.getName().split("\\$")[0];
  }

  @Override
  public String getDescription() {
    return "hand-written classes";
  }
}
