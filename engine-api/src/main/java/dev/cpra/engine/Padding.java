package dev.cpra.engine;

/// Room in front of the fields of a subclass, so that what one thread writes all the time shares no
/// cache line with what another reads: 128 bytes, since lines of 64 are fetched in pairs. The JVM
/// lays out a superclass first; the integer fills the gap behind the header, into which it would
/// put a subclass's field else.
@SuppressWarnings("unused") // it is there to take room
abstract class Padding {
  int gap;
  long p00;
  long p01;
  long p02;
  long p03;
  long p04;
  long p05;
  long p06;
  long p07;
  long p08;
  long p09;
  long p10;
  long p11;
  long p12;
  long p13;
  long p14;
  long p15;
}
