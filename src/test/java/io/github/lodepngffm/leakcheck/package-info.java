/** Fails every test class that leaves native memory behind. */
package io.github.lodepngffm.leakcheck;
