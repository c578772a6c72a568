/** What goes wrong around a conversion is made to go wrong: files, native memory. */
package io.github.lodepngffm.faults;
