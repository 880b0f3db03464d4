package scenario

import (
	"slices"
	"strings"
	"testing"
)

// uncommented is the template with one method and all the lines used that it
// takes, values and the ends of the range in turn.
func uncommented(method Method, values bool) (text string, used []string) {
	var b strings.Builder
	for _, line := range strings.Split(string(DesignTemplate()), "\n") {
		if block, ok := strings.CutPrefix(line, "#   "); ok && method.listed() && strings.HasPrefix(block, "every") {
			line = block + "\nsteps = 2" // needed by those that go through values
		} else if ok {
			line = block
		} else if strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "# ") {
			line = line[1:]
		}
		key, _, _ := strings.Cut(line, " = ")
		ofRange := slices.Contains([]string{"low", "high", "scale", keySteps}, key)
		switch {
		case strings.HasPrefix(line, "#"), line == "":
			continue
		case key == keyMethod:
			line = "method = " + quote(string(method))
		case !method.takes(key), key == "values" && !values, ofRange && values:
			continue
		}
		used = append(used, key)
		b.WriteString(line + "\n")
	}
	return b.String(), used
}

func TestTheDesignTemplateWorks(t *testing.T) {
	d := design(t, string(DesignTemplate()))
	if d.Method != MethodLatinHypercube || d.Rows() != 100 || len(d.Factors) != 1 {
		t.Errorf("%+v", d)
	}
	seen := map[string]bool{}
	for _, method := range Methods() {
		for _, values := range []bool{true, false} {
			text, used := uncommented(method, values)
			d := design(t, text)
			if len(d.Factors) != 3 || d.Title == d.Name { // manager.hours, and of trust all but one
				t.Errorf("%s\nhas factors %v", text, factorNames(d))
			}
			survives(t, d)
			for _, key := range used {
				seen[key] = true
			}
		}
	}
	keys := texts((&designReader{}).entries(), func(e entry) string { return e.key })
	for _, key := range append(keys, keyName, keyTitle, keyDescription, "parameter", "values", "low", "high", "scale", keySteps, keyGroup, "every", "section", "except") {
		if !seen[key] && key != keySet && key != keyFactor {
			t.Errorf("%s is not in the template", key)
		}
	}
}
