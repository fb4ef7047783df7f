"""Read figures, dates, units, codes and signs in Chinese words."""
