/**
 * The funnel: the only package that knows the generated bindings. It has one class for each section
 * of lodepng_ffm.h, whose methods turn Java values into the C ones and codes into exceptions. Every
 * segment goes down as a segment argument, never as a bare address, since only then its arena stays
 * open during the call.
 */
package io.github.lodepngffm.internal.ffm;
