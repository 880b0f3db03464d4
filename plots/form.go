package plots

import "strconv"

// FormKind is one of the ways to organise a partner group. It decides colour,
// dash and marker.
type FormKind int

// The forms, in the order in which figures show them when the caller has no
// order of their own.
const (
	Market   FormKind = iota // market focus: new markets for everybody
	Customer                 // customer focus: each SME's own customers
	System                   // system focus: joint offers of several SMEs
	Own                      // the scenario's own mixture
)

// Form is a line, bar or panel's owner: the name that is printed and the kind
// that gives the look.
type Form struct {
	Name string   // printed, e.g. "System focus"; "" prints the kind's name
	Kind FormKind // decides colour, dash and marker
}

// look is all that tells one form from another. The lightness of fill falls
// in equal steps (CIE L* about 71, 56, 39, 16), so that the forms differ on a
// grey printer; ink is fill darkened until text in it has a contrast of at
// least 4.5:1 on white.
type look struct {
	name      string
	fill, ink hex
	dash      []float64 // pt on, pt off; nil is solid
	mark      marker
}

func (k FormKind) look() look {
	switch k {
	case Market:
		return look{"Market focus", 0xE69F00, 0x8F5B00, nil, markCircle}
	case Customer:
		return look{"Customer focus", 0x009874, 0x00775A, []float64{6, 2}, markSquare}
	case System:
		return look{"System focus", 0x1D5BAA, 0x1B549C, []float64{8, 2, 1.5, 2}, markTriangle}
	default:
		return look{"Own mix", 0x4B1748, 0x4B1748, []float64{2.2, 1.6}, markDiamond}
	}
}

// Hex returns the form's colour as "#RRGGBB", so that a page can use the same
// colours as the figures.
func (k FormKind) Hex() string { return k.look().fill.css() }

// String returns the form's plain English name.
func (k FormKind) String() string { return k.look().name }

func (k FormKind) valid() bool { return k >= Market && k <= Own }

func (f Form) look() look { return f.Kind.look() }

// name is what is printed for the form.
func (f Form) name() string {
	if n := clean(f.Name); n != "" {
		return n
	}
	return f.Kind.String()
}

// check refuses a kind that has no look; what is where the form stands in the
// input, for the message.
func (f Form) check(what string) error {
	if !f.Kind.valid() {
		return bad("%s: unknown form kind %s", what, strconv.Itoa(int(f.Kind)))
	}
	return nil
}
