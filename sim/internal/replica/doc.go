// Package replica holds a second model of export partner groups, written from
// sim/ODD.md alone and in a different style, as the tests of this package only:
// it shares no line with package sim. Where the two part, either the model or
// its description is wrong.
package replica
