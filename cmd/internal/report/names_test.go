package report

import (
	"testing"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
)

// A variant is named as the language has it: as a whole, or by its settings with their
// units and decimal signs; what has no phrase stays as it is.
func TestVariantNames(t *testing.T) {
	fi, err := tell.LanguageOf("fi")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ key, name, english, finnish string }{
		{"market", "market focus", "market focus", "markkinapainotus"},
		{"manager.hours=16.5", "manager's hours 16.5 h/week", "manager's hours 16.5 h/week", "päällikön tunnit 16,5 h viikossa"},
		{"manager.hours=16,group.size=4", "manager's hours 16 h/week, number of SMEs 4 SMEs", "manager's hours 16 h/week, number of SMEs 4 SMEs", "päällikön tunnit 16 h viikossa, yritysten määrä 4 yritystä"},
		{"group.open=false", "no open membership", "no open membership", "avoin jäsenyys: ei"},
		{"group.open=true", "open membership", "open membership", "avoin jäsenyys"},
		{"group.mix=1,0,0", "group.mix=1,0,0", "group.mix=1,0,0", "group.mix=1,0,0"},
		{"ours,manager.hours=8", "ours, manager's hours 8 h/week", "ours, manager's hours 8 h/week", "ours, päällikön tunnit 8 h viikossa"},
		{"food-products", "food-products", "food-products", "food-products"},
	} {
		v := experiment.Variant{Key: c.key, Name: c.name}
		if got := variantName(tell.Language{}, v); got != c.english {
			t.Errorf("%s in English: %q", c.key, got)
		}
		if got := variantName(fi, v); got != c.finnish {
			t.Errorf("%s in Finnish: %q, want %q", c.key, got, c.finnish)
		}
	}
}
