package experiment

import (
	"testing"

	"go.uber.org/goleak"
)

// However a run ends, nothing of it goes on.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
