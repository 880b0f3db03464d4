package plots

import (
	"cmp"
	"fmt"
)

// FormKind is one of the ways to organise a partner group, or a variant that
// is none of them. It decides colour, dash and marker.
type FormKind int

// The forms, in the order in which figures show them when the caller has no
// order of their own, and looks for variants that are not forms (a group of
// four, of five …), which must not wear the forms' colours.
const (
	Market   FormKind = iota // market focus: joint target markets, each SME sells there alone
	Customer                 // customer focus: some of the SMEs sell to joint customers
	System                   // system focus: a hub firm and its suppliers sell whole systems
	Own                      // the scenario's own mixture
	Variant1
	Variant2
	Variant3
	Variant4
	nKinds // those with a look of their own
)

// MostVariants is how many variants that are not forms a figure can show.
const MostVariants = 12

// VariantOf is the kind of variant i (0, 1 …) of n: up to four have looks of
// their own, more are told apart by their order, from pale to dark.
func VariantOf(i, n int) FormKind {
	if n <= int(nKinds-Variant1) {
		return Variant1 + FormKind(i)
	}
	return nKinds + FormKind(n*kindsOf+i)
}

// kindsOf is the room for the places of variants in a kind.
const kindsOf = 64

// place is where a variant stands among n; ok says whether it goes by order.
func (k FormKind) place() (i, n int, ok bool) {
	v := int(k - nKinds)
	return v % kindsOf, v / kindsOf, v >= 0 && v/kindsOf > v%kindsOf
}

// Form is a line, bar or panel's owner: the name that is printed and the kind
// that gives the look.
type Form struct {
	Name string   // printed, e.g. "System focus"; "" prints the kind's name
	Kind FormKind // decides colour, dash and marker
}

// look is all that tells one form from another. The lightness of fill falls
// in equal steps (CIE L* about 71, 56, 39, 16), so that the forms differ on a
// grey printer; ink is fill darkened until text in it has a contrast of at
// least 4.5:1 on white. The variants have lightnesses of their own (72, 54, 39,
// 20) and hollow markers, so that no eye takes them for forms.
type look struct {
	name      string
	fill, ink hex
	dash      []float64 // pt on, pt off; nil is solid
	mark      marker
}

func (k FormKind) look() look {
	if i, n, ok := k.place(); ok {
		return orderLook(i, n)
	}
	return [nKinds]look{
		Market:   {"Market focus", 0xE69F00, 0x8F5B00, nil, markCircle},
		Customer: {"Customer focus", 0x009874, 0x00775A, []float64{6, 2}, markSquare},
		System:   {"System focus", 0x1D5BAA, 0x1B549C, []float64{8, 2, 1.5, 2}, markTriangle},
		Own:      {"Own mix", 0x4B1748, 0x4B1748, []float64{2.2, 1.6}, markDiamond},
		Variant1: {"Variant 1", 0x5AB6E8, 0x20688F, []float64{12, 1.8}, markHollowCircle},
		Variant2: {"Variant 2", 0xD55E00, 0xAF4D00, []float64{4, 1.6}, markHollowSquare},
		Variant3: {"Variant 3", 0x9A3B74, 0x8C3569, []float64{9, 2, 3, 2}, markHollowTriangle},
		Variant4: {"Variant 4", 0x303030, 0x303030, []float64{1.4, 1.4}, markHollowDiamond},
	}[max(Market, min(k, Variant4))]
}

// orderLook is that of element i of n that have an order: from pale to dark,
// with signs and dashes that tell twelve apart where colours alone would not.
// The colours are the middle of the scale "mako" (Waskom, seaborn), whose
// lightness falls evenly.
func orderLook(i, n int) look {
	marks := [...]marker{markCircle, markSquare, markTriangle, markDiamond, markHollowCircle, markHollowSquare}
	dashes := [...][]float64{nil, {5, 1.8}}
	s := 1.0
	if n > 1 {
		s = float64(i) / float64(n-1)
	}
	c := gradient([]hex{0x6CD3AD, 0x3497A9, 0x395D9C, 0x2E1E3B}, s)
	text := c
	for text.lightness() > 0.16 { // until it can be read on white
		text = text.mix(0x000000, 0.1)
	}
	return look{name: fmt.Sprintf("Variant %d", i+1), fill: c, ink: text, mark: marks[i%len(marks)], dash: dashes[i/len(marks)%len(dashes)]}
}

// String returns the form's plain English name.
func (k FormKind) String() string { return k.look().name }

// isForm says whether k is an organisational form, or the own mix of them.
func (k FormKind) isForm() bool { return k >= Market && k <= Own }

func (f Form) look() look { return f.Kind.look() }

// name is what is printed for the form.
func (f Form) name() string {
	return cmp.Or(f.Name, f.Kind.String())
}

// inText is the form's name within a sentence: the forms' names, not those of
// variants, are English words and lose their capital.
func (f Form) inText() string {
	if f.Kind.isForm() {
		return firstLower(f.name())
	}
	return f.name()
}
