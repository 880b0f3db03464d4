package report

import "testing"

func TestByChance(t *testing.T) {
	for _, c := range []struct {
		expected float64
		factors  int
		want     string
	}{
		{1.6, 32, " If none of the 32 did anything, about 2 would be told from luck by chance."},
		{3.2, 32, " If none of the 32 did anything, about 3 would be told from luck by chance."},
		{0.3, 3, ""}, // a few factors are seldom told by chance
	} {
		if got := byChance(c.expected, c.factors, "luck"); got != c.want {
			t.Errorf("%v of %d: %q, want %q", c.expected, c.factors, got, c.want)
		}
	}
}
