#include "image/selection.h"

lpf_selection lpf_select_all(const lpf_info *info) {
  return (lpf_selection){.width = info->width, .height = info->height, .step_x = 1, .step_y = 1};
}

bool lpf_selection_fits(const lpf_selection *selection, const lpf_info *info) {
  return selection->width != 0 && selection->height != 0 && selection->step_x != 0 &&
         selection->step_y != 0 && selection->x < info->width && selection->y < info->height &&
         selection->width <= info->width - selection->x &&
         selection->height <= info->height - selection->y;
}

uint32_t lpf_selected_width(const lpf_selection *selection) {
  return (selection->width - 1) / selection->step_x + 1;
}

uint32_t lpf_selected_height(const lpf_selection *selection) {
  return (selection->height - 1) / selection->step_y + 1;
}

bool lpf_selects_all(const lpf_selection *selection, const lpf_info *info) {
  return selection->width == info->width && selection->height == info->height &&
         selection->step_x == 1 && selection->step_y == 1;
}
